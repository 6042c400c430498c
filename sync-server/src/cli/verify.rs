//! `firebee verify`: checks a data folder without serving it.

use super::{Settings, counted, run};
use crate::verify::verify;
use clap::Args;
use firebee_protocol::text::{Language, problem_text};
use std::process::ExitCode;

/// Read a data folder that no server runs on, a backup, or PostgreSQL: hash every blob again, and check the chain of every
/// firm's acts
///
/// Exit status 1 when the bytes of a received blob do not match its name, when a firm's key is missing or another, or when
/// an act was changed or taken away.
#[derive(Args, Clone, Debug)]
pub struct Verify {
    #[command(flatten)]
    settings: Settings,
    /// Print every fact and every blob as one JSON object
    #[arg(long)]
    json: bool,
}

impl Verify {
    /// Runs the command.
    pub fn run(self) -> ExitCode {
        run(self.verify())
    }

    #[expect(clippy::print_stdout, reason = "what was found is the command's output")]
    async fn verify(self) -> Result<(), String> {
        let config = self.settings.read([]).map_err(|error| error.to_string())?;
        let found = verify(&config).await.map_err(|error| error.to_string())?;
        if self.json {
            println!("{}", serde_json::to_string(&found).map_err(|error| error.to_string())?);
        } else {
            let parked = found.facts.iter().filter(|fact| fact.code.is_some()).count();
            println!("{}, of which {parked} kept and not counted", counted(found.facts.len(), "fact"));
            println!("{}, of which {} broken", counted(found.blobs.len(), "blob"), found.broken());
            let acts: u64 = found.acts.iter().map(|acts| acts.count).sum();
            println!("{acts} acts of {}", counted(found.acts.len(), "firm"));
        }
        let mut wrong = Vec::new();
        if found.broken() > 0 {
            wrong.push(format!("{} blobs are not what their names say; restore them from a backup", found.broken()));
        }
        wrong.extend(found.without_key().map(|(acts, key)| {
            let chinese = key.code.known().map(|code| problem_text(code, &[], Language::Zh) + "\n");
            format!("{}{}; without it the {} acts are not proved", chinese.unwrap_or_default(), key.told, acts.count)
        }));
        wrong.extend(found.rewritten().map(|(acts, at)| {
            let firm = acts.organisation;
            format!("the acts of firm {firm} were changed outside the server: the chain does not hold from act {at} on")
        }));
        if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
    }
}
