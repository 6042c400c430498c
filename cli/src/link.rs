//! `firebee link`: a link that fails when told to, between phones and a server.

use crate::proxy::{ANYWHERE_HERE, Link, Proxy};
use clap::Args;
use std::{
    io::{self, BufRead as _},
    net::SocketAddr,
    process::ExitCode,
};

/// Stand between phones and a server as a link that fails when told to, to try a phone or a server by hand
///
/// The first line of standard output is where phones connect. Each line of standard input changes the link: `good` passes
/// everything, `cut` nothing, `faulty` loses replies, repeats pushes and breaks inside pictures. Each is answered with a JSON
/// object that counts the faults so far. The link ends with its standard input.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  firebee link 127.0.0.1:8080\n  firebee link 127.0.0.1:8080 --listen 0.0.0.0:8081 --seed 7"
)]
pub struct Command {
    /// The server, which speaks HTTP without TLS
    #[arg(value_name = "ADDRESS")]
    server: SocketAddr,
    /// Where phones connect
    #[arg(long, value_name = "ADDRESS", default_value_t = ANYWHERE_HERE)]
    listen: SocketAddr,
    /// Chooses the faults; the same number chooses the same ones
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

impl Command {
    /// Runs the command.
    pub fn run(self) -> ExitCode {
        match self.pass() {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                say(&error);
                ExitCode::FAILURE
            }
        }
    }

    #[expect(clippy::print_stdout, reason = "address and counts are the command's output")]
    fn pass(&self) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let proxy = runtime.block_on(Proxy::start(self.listen, self.server, self.seed))?;
        println!("http://{}", proxy.address());
        for line in io::stdin().lock().lines() {
            match line?.trim() {
                "good" => proxy.set(Link::Good),
                "cut" => proxy.set(Link::Cut),
                "faulty" => proxy.set(Link::Faulty),
                other => {
                    say(&format_args!("“{other}” is none of good, cut, faulty; the link stays as it is"));
                    continue;
                }
            }
            println!("{}", serde_json::to_string(&proxy.counts())?);
        }
        Ok(())
    }
}

#[expect(clippy::print_stderr, reason = "a terminal is told what went wrong")]
fn say(what: &dyn std::fmt::Display) {
    eprintln!("{what}");
}
