//! The demo: real phones play the story of a month against the real server, over a link that fails.

mod acts;
mod answers;
mod audit;
mod console;
mod errand;
mod fail;
mod files;
mod firm;
pub mod gpx;
mod inputs;
mod lead;
mod on_site;
mod phone;
mod record;
mod report;
mod schedule;
mod stage;
mod story;
mod teller;
mod text;
mod work;
mod world;

use self::{inputs::Inputs, report::Report, teller::Teller, text::Text};
use clap::Args;
use firebee_domain::code::Code;
use firebee_server::{clock::Clock, config::Config, store::DATABASE};
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Play the whole story with real phones, a real server and a link that fails
///
/// Nothing is left behind unless a folder is given. Exit status 1 when anything that was recorded is not accepted and
/// verified.
#[derive(Args, Clone, Debug)]
#[command(
    after_help = "Examples:\n  firebee demo\n  firebee demo --photos ~/Pictures --tracks ~/walks --data ./demo\n  \
                        firebee demo --headless --json | tail -n 1"
)]
pub struct Demo {
    /// Your own pictures; each that can be decoded becomes evidence
    #[arg(long, value_name = "DIR")]
    photos: Option<PathBuf>,
    /// Your own walks (GPX); each with usable times becomes a track
    #[arg(long, value_name = "DIR")]
    tracks: Option<PathBuf>,
    /// Keep the server's data in this folder, which must not hold any yet
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// End after the audit instead of leaving the console open
    #[arg(long)]
    headless: bool,
    /// Print the result as one JSON object, the last line of standard output
    #[arg(long)]
    json: bool,
}

impl Demo {
    /// Runs the command.
    pub fn run(self) -> ExitCode {
        let teller = Teller::new(self.json);
        match self.play(&teller) {
            Ok(report) if report.is_whole() => ExitCode::SUCCESS,
            Ok(_) => ExitCode::FAILURE,
            Err(Broken::Given(code, about)) => {
                teller.plain(&format!("{} ({about}, {code})", teller.problem(code)));
                ExitCode::from(2)
            }
            Err(Broken::Story(error)) => {
                let reason = [("step", error.step.into()), ("reason", (&error.reason).into())];
                teller.plain(&teller.say_with(Text::DemoFailed, &reason));
                ExitCode::FAILURE
            }
        }
    }

    fn play(&self, teller: &Teller) -> Result<Report, Broken> {
        // The server's log would interrupt the story, so only its warnings are shown.
        let given = |error: inputs::InputError| Broken::Given(error.code(), error.to_string());
        let inputs =
            Inputs::read(self.photos.as_deref(), self.tracks.as_deref(), world::machine_now()).map_err(given)?;
        let temporary = tempfile::tempdir().map_err(fail::StoryError::at("make a folder for the data"))?;
        let data = match &self.data {
            Some(data) if data.join(DATABASE).exists() => {
                return Err(Broken::Given(Code::DemoDataExists, data.display().to_string()));
            }
            Some(data) => std::path::absolute(data).map_err(fail::StoryError::at("find the data folder"))?,
            None => temporary.path().join("data"),
        };
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
        let runtime = runtime.map_err(fail::StoryError::at("start"))?;
        runtime.block_on(self.conduct(inputs, &data, teller))
    }

    async fn conduct(&self, inputs: Inputs, data: &Path, teller: &Teller) -> Result<Report, Broken> {
        teller.plain(&teller.say(Text::DemoTitle));
        let report = story::play(inputs, data, teller).await?;
        report.tell(teller);
        if self.data.is_some() {
            let data = data.display().to_string();
            teller.note(Text::DemoKept, &[("data", data.into())]);
        }
        if self.json {
            print_object(&report)?;
        }
        if !self.headless {
            leave_open(&report, data, teller).await?;
        }
        Ok(report)
    }
}

/// What ends the demo before its time.
enum Broken {
    /// Something that was given on the command line: its code and what it is about.
    Given(Code, String),
    /// The story.
    Story(fail::StoryError),
}

impl From<fail::StoryError> for Broken {
    fn from(error: fail::StoryError) -> Self {
        Self::Story(error)
    }
}

#[expect(clippy::print_stdout, reason = "the object is the command's output")]
fn print_object(report: &Report) -> Result<(), fail::StoryError> {
    println!("{}", serde_json::to_string(report).map_err(fail::StoryError::at("write the object"))?);
    Ok(())
}

/// Serves the same data at the same address until Ctrl-C.
async fn leave_open(report: &Report, data: &Path, teller: &Teller) -> Result<(), fail::StoryError> {
    let address = report.server.url.trim_start_matches("http://").parse();
    let listen = address.map_err(fail::StoryError::at("open the console"))?;
    let config = Config { listen, metrics: None, ..Config::in_folder(data) };
    let running =
        firebee_server::serve(config, Clock::System).await.map_err(fail::StoryError::at("open the console"))?;
    teller.tell(Text::DemoConsole, &[("url", (&report.server.url).into())]);
    for login in &report.accounts {
        let role = teller.say(firm::role_text(login.role));
        teller.note(
            Text::DemoAccount,
            &[("role", role.into()), ("login", (&login.login).into()), ("password", (&login.password).into())],
        );
    }
    teller.note(Text::DemoCtrlC, &[]);
    tokio::signal::ctrl_c().await.map_err(fail::StoryError::at("wait for Ctrl-C"))?;
    running.stop().await;
    Ok(())
}
