//! `firebee verify`: checks a data folder without serving it, or the PDF of a report.

use super::{Settings, both, counted, run};
use crate::{
    text::Text as T,
    verify::{REPORT_BYTES_MAX, VerifiedReport, verify, verify_report},
};
use clap::Args;
use firebee_domain::{code::Code, report::VerificationCode};
use firebee_protocol::text::{Arg, Language, problem_text, say, say_with};
use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Read a data folder that no server runs on, a backup, or PostgreSQL: hash every blob again, and check the chain of every
/// firm's acts. Or read the PDF of a report, and print the code that its cover must show
///
/// Exit status 1 when the bytes of a received blob do not match its name, when a firm's key is missing or another, or when
/// an act was changed or taken away. For a report, when the file holds no snapshot, or another code was given.
#[derive(Args, Clone, Debug)]
pub struct Verify {
    /// The PDF of a report, to be verified without a server
    #[arg(value_name = "PDF", conflicts_with_all = ["data", "config"])]
    report: Option<PathBuf>,
    /// The code on the report's cover, as it is read there
    #[arg(long, value_name = "CODE", requires = "report")]
    code: Option<VerificationCode>,
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

    async fn verify(self) -> Result<(), String> {
        match &self.report {
            Some(path) => self.report(path),
            None => self.folder().await,
        }
    }

    #[expect(clippy::print_stdout, reason = "what was found is the command's output")]
    fn report(&self, path: &Path) -> Result<(), String> {
        let file = read(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let found = file.as_deref().map(verify_report);
        let Some(Ok(found)) = found else { return Err(refused(Code::ReportFileForeign, &[])) };
        if self.json {
            println!("{}", serde_json::to_string(&found).map_err(|error| error.to_string())?);
        } else {
            println!("{}\n{}", told(&found, Language::Zh), told(&found, Language::En).trim_end());
        }
        let code = found.code.to_string();
        match self.code {
            Some(given) if given != found.code => {
                Err(refused(Code::ReportCodeDiffers, &[("code", Arg::from(code.as_str()))]))
            }
            _ => Ok(()),
        }
    }

    #[expect(clippy::print_stdout, reason = "what was found is the command's output")]
    async fn folder(self) -> Result<(), String> {
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

/// The bytes of a file; `None` for one that is too long for a report.
fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    let read = File::open(path)?.take(REPORT_BYTES_MAX + 1).read_to_end(&mut bytes)?;
    Ok((read as u64 <= REPORT_BYTES_MAX).then_some(bytes))
}

/// What was found in a report. The code proves the snapshot; that no page was changed is proved by the file's hash alone.
fn told(found: &VerifiedReport, language: Language) -> String {
    let code = found.code.to_string();
    let proof = [("code", Arg::from(code.as_str())), ("sha256", Arg::from(found.sha256.as_str()))];
    let proof = say_with(language, T::CliVerifiedReportCode, &proof);
    let Some(cover) = &found.cover else {
        return format!("{}\n{proof}\n", say(language, T::CliVerifiedReportForeignEdition));
    };
    let (day, address) = (cover.report_date.to_string(), format!("{}{}", cover.verify_at, found.code.plain()));
    let said = [
        ("number", Arg::from(cover.code.as_str())),
        ("title", Arg::from(cover.title.as_str())),
        ("project", Arg::from(cover.project.as_str())),
        ("firm", Arg::from(cover.organisation.as_str())),
        ("period", Arg::from(cover.period.as_str())),
        ("day", Arg::from(day.as_str())),
    ];
    let address = say_with(language, T::CliVerifiedReportAddress, &[("address", Arg::from(address.as_str()))]);
    format!("{}\n{proof}\n{address}\n", say_with(language, T::CliVerifiedReport, &said))
}

/// A refusal with its code.
fn refused(code: Code, values: &[(&str, Arg<'_>)]) -> String {
    both(code, |language| problem_text(code, values, language))
}
