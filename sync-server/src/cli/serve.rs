//! `firebee serve`: runs until told to stop.

use super::{Settings, log, run};
use crate::clock::Clock;
use clap::Args;
use std::{net::SocketAddr, process::ExitCode};
use tokio::signal::unix::{SignalKind, signal};

/// Serves phones and the console until Ctrl-C or SIGTERM
#[derive(Args, Clone, Debug)]
pub struct Serve {
    #[command(flatten)]
    settings: Settings,
    /// Address and port to listen on; loopback unless told
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
    /// Write the log as JSON, one object a line
    #[arg(long)]
    log_json: bool,
}

impl Serve {
    /// Runs the command.
    pub fn run(self) -> ExitCode {
        log::start(self.log_json);
        run(self.serve())
    }

    async fn serve(self) -> Result<(), String> {
        let mut config = self.settings.read().map_err(|error| error.to_string())?;
        if let Some(listen) = self.listen {
            config.listen = listen;
        }
        // From here on a signal waits for its turn instead of killing the process half started.
        let listen = |kind| signal(kind).map_err(|error| format!("signals cannot be heard: {error}"));
        let (mut interrupted, mut terminated) = (listen(SignalKind::interrupt())?, listen(SignalKind::terminate())?);
        let mut running = crate::serve(config, Clock::System).await.map_err(|error| error.to_string())?;
        announce(running.address);
        let ended = tokio::select! {
            ended = running.wait() => ended.map_err(|error| format!("the server ended by itself: {error}")),
            _ = interrupted.recv() => Ok(()),
            _ = terminated.recv() => Ok(()),
        };
        running.stop().await;
        ended
    }
}

/// The one line on standard output: scripts wait for it and read the address.
fn announce(address: SocketAddr) {
    println!("firebee listens on http://{address}");
}
