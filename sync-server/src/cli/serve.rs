//! `firebee serve`: runs until told to stop.

use super::{Settings, allocator, log, run, start_error};
use crate::clock::Clock;
use clap::Args;
use std::{net::SocketAddr, process::ExitCode};
use tokio::signal::unix::{SignalKind, signal};

/// Serves phones and the console until Ctrl-C or SIGTERM
#[derive(Args, Clone, Debug)]
pub struct Serve {
    #[command(flatten)]
    settings: Settings,
    #[command(flatten)]
    flags: Flags,
    /// Write the log as JSON, one object a line
    #[arg(long)]
    log_json: bool,
}

/// One flag for each setting; docs/operations.md explains them
#[derive(Args, Clone, Debug, Default)]
struct Flags {
    /// Folder of the blobs; without it they are in the data folder
    #[arg(long, value_name = "DIR")]
    blobs: Option<String>,
    /// Address and port to listen on; loopback unless told
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
    /// Address and port of the metrics, or `off`
    #[arg(long, value_name = "ADDR")]
    metrics: Option<String>,
    /// PostgreSQL connection string; without it the database is a file in the folder
    #[arg(long, value_name = "URL")]
    postgres: Option<String>,
    /// `named`, or `unnamed` for a pooler in transaction mode
    #[arg(long, value_name = "KIND")]
    postgres_statements: Option<String>,
    /// Readers beside the writer (SQLite), or connections (PostgreSQL)
    #[arg(long, value_name = "N")]
    connections: Option<String>,
    /// Pushes that are unpacked at once; others wait packed
    #[arg(long, value_name = "N")]
    pushes: Option<String>,
    /// MiB of the disk that blobs leave for facts
    #[arg(long, value_name = "MIB")]
    reserve_mb: Option<String>,
    /// MiB of blobs that one phone may have begun and not finished
    #[arg(long, value_name = "MIB")]
    unfinished_mb_max: Option<String>,
    /// Days after which an upload that brings nothing ends
    #[arg(long, value_name = "N")]
    partial_upload_days: Option<String>,
    /// Addresses of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed, joined by commas
    #[arg(long, value_name = "LIST")]
    trusted_proxies: Option<String>,
    /// Addresses that browsers use, joined by commas; when given, pages are shown under these only
    #[arg(long, value_name = "LIST")]
    public_addresses: Option<String>,
    /// Least recorded share of a task's time, in percent, for a verdict on its track
    #[arg(long, value_name = "PERCENT")]
    track_recorded_percent: Option<String>,
    /// Least share of the recorded time inside the fence, in percent
    #[arg(long, value_name = "PERCENT")]
    track_inside_percent: Option<String>,
    /// Longest time between two positions, in seconds, that still counts as recorded
    #[arg(long, value_name = "S")]
    track_gap_s: Option<String>,
    /// Worst accuracy in metres with which a position counts
    #[arg(long, value_name = "M")]
    track_accuracy_m: Option<String>,
    /// The name of the system on every page
    #[arg(long, value_name = "NAME")]
    display_name: Option<String>,
    /// The program that makes the PDF of a report; without it `firebee-report` beside this program
    #[arg(long, value_name = "FILE")]
    report_program: Option<String>,
    /// Where the fonts of reports are
    #[arg(long, value_name = "DIR")]
    report_fonts: Option<String>,
    /// Hosts in a private network to which webhooks may go, joined by commas
    #[arg(long, value_name = "LIST")]
    webhook_hosts: Option<String>,
    /// Certificates of authorities (PEM) that receivers of webhooks may have, beside those of the system
    #[arg(long, value_name = "FILE")]
    webhook_authorities: Option<String>,
}

impl Flags {
    fn given(self) -> impl Iterator<Item = (&'static str, String)> {
        let all = [
            ("blobs", self.blobs),
            ("listen", self.listen),
            ("metrics", self.metrics),
            ("postgres", self.postgres),
            ("postgres_statements", self.postgres_statements),
            ("connections", self.connections),
            ("pushes", self.pushes),
            ("reserve_mb", self.reserve_mb),
            ("unfinished_mb_max", self.unfinished_mb_max),
            ("partial_upload_days", self.partial_upload_days),
            ("trusted_proxies", self.trusted_proxies),
            ("public_addresses", self.public_addresses),
            ("track_recorded_percent", self.track_recorded_percent),
            ("track_inside_percent", self.track_inside_percent),
            ("track_gap_s", self.track_gap_s),
            ("track_accuracy_m", self.track_accuracy_m),
            ("display_name", self.display_name),
            ("report_program", self.report_program),
            ("report_fonts", self.report_fonts),
            ("webhook_hosts", self.webhook_hosts),
            ("webhook_authorities", self.webhook_authorities),
        ];
        all.into_iter().filter_map(|(key, value)| Some((key, value?)))
    }
}

impl Serve {
    /// Runs the command.
    pub fn run(self) -> ExitCode {
        log::start(self.log_json);
        allocator::settle();
        run(self.serve())
    }

    async fn serve(self) -> Result<(), String> {
        let config = self.settings.read(self.flags.given()).map_err(|error| error.to_string())?;
        // From here on a signal waits for its turn instead of killing the process half started.
        let listen = |kind| signal(kind).map_err(|error| format!("signals cannot be heard: {error}"));
        let (mut interrupted, mut terminated) = (listen(SignalKind::interrupt())?, listen(SignalKind::terminate())?);
        let mut running = crate::serve(config, Clock::System).await.map_err(|error| start_error(&error))?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::KEYS;
    use clap::{Command, FromArgMatches as _};

    #[test]
    fn every_setting_is_a_flag() {
        let mut words = vec!["serve".to_owned()];
        words.extend(KEYS.iter().flat_map(|key| [format!("--{}", key.replace('_', "-")), format!("x {key}")]));
        let matched = Serve::augment_args(Command::new("serve")).try_get_matches_from(words).unwrap();
        let serve = Serve::from_arg_matches(&matched).unwrap();
        let given: Vec<_> = serve.flags.given().collect();
        assert_eq!(serve.settings.data, Some("x data".into()));
        let expected = KEYS.iter().filter(|key| **key != "data").map(|key| (*key, format!("x {key}")));
        assert_eq!(given, expected.collect::<Vec<_>>());
    }
}
