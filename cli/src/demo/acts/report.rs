//! The report: the lead generates it from what was approved, the technical director files it.

use crate::demo::{console::Console, fail::StoryError, stage::Stage, text::Text};
use firebee_domain::id::ReportId;
use firebee_server::{
    query,
    store::{StoreError, Tx},
};
use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// What the PDF of the first site is called in the data folder.
const FILE: &str = "report.pdf";

/// The lead generates the month's report of the first site as the form proposes it: the plans of the others have
/// detectors that nobody has tested. The technical director files what waits. It is printed and kept in the
/// data folder. Gives the report.
///
/// # Errors
/// The server refuses what it must not refuse.
pub async fn report(stage: &mut Stage<'_>) -> Result<ReportId, StoryError> {
    let teller = stage.teller;
    let lead = Console::sign_in(stage.server.address, &stage.firm.lead).await?;
    let mut made = Vec::new();
    for plan in [stage.detectors.0] {
        let page = format!("/plans/{plan}/report");
        let shown = lead.submit(&page, &page, &[]).await?;
        let id = shown.split('?').next().unwrap_or_default().trim_start_matches("/reports/").to_owned();
        made.push(id);
    }
    stage.report.reports.generated = made.len();
    let (lead_name, director_name) = (teller.say(Text::DemoLead), teller.say(Text::DemoDirector));
    teller.tell(Text::DemoReported, &[("name", lead_name.into()), ("reports", made.len().into())]);

    let director = Console::sign_in(stage.server.address, &stage.firm.director).await?;
    let opinion = teller.say(Text::DemoFilingOpinion);
    let ticked = made.iter().map(|report| ("report", report.as_str()));
    let typed: Vec<(&str, &str)> = ticked.chain([("opinion", opinion.as_str())]).collect();
    director.submit("/reports/to-file", "/reports/to-file", &typed).await?;
    (stage.report.reports.filed, stage.report.reports.late) = filings(stage, &made).await?;
    teller.tell(Text::DemoFiled, &[("name", director_name.into()), ("opinion", (&opinion).into())]);

    let Some(first) = made.first() else { return Err(StoryError::new("generate a report", "there is no site")) };
    let receipt = director.read(&format!("/reports/{first}/receipt")).await?;
    if !receipt.contains(&opinion) {
        return Err(StoryError::new("read the receipt of a filing", "it does not say the opinion"));
    }
    print(stage, &director, first).await?;
    first.parse().map_err(|_| StoryError::new("generate a report", "its address holds no id"))
}

/// How many of these reports are filed, and how many of those late, as the server keeps it.
async fn filings(stage: &Stage<'_>, made: &[String]) -> Result<(usize, usize), StoryError> {
    let ids: Vec<ReportId> = made.iter().filter_map(|id| id.parse().ok()).collect();
    let org = stage.firm.org;
    let read = async move |tx: &mut Tx| {
        let mut filings = Vec::new();
        for id in &ids {
            filings.extend(query::report::report(tx, org, *id).await?.and_then(|row| row.report.filing));
        }
        Ok::<_, StoreError>(filings)
    };
    let filings = stage.server.app().store.read("read_filings", read).await;
    let filings = filings.map_err(|error: StoreError| StoryError::at("read the filings")(error))?;
    Ok((filings.len(), filings.iter().filter(|filing| filing.late).count()))
}

/// Keeps the PDF of a report, if the program that prints it is there.
async fn print(stage: &mut Stage<'_>, console: &Console, report: &str) -> Result<(), StoryError> {
    let teller = stage.teller;
    let Some(pdf) = console.file(&format!("/reports/{report}/pdf")).await? else {
        teller.tell(Text::DemoNotPrinted, &[]);
        return Ok(());
    };
    let path = stage.data.join(FILE);
    std::fs::write(&path, &pdf).map_err(StoryError::at("keep the PDF of a report"))?;
    stage.report.reports.bytes = pdf.len();
    stage.report.reports.pages = pages(stage.server.app().config.report_program(), &path);
    let said = [
        ("pages", stage.report.reports.pages.into()),
        ("bytes", pdf.len().into()),
        ("path", path.display().to_string().into()),
    ];
    teller.tell(Text::DemoPrinted, &said);
    Ok(())
}

/// How many pages a PDF has, as the program that printed it counts them.
fn pages(program: PathBuf, path: &Path) -> usize {
    let mut command = Command::new(program);
    let output = command.arg("look").arg("--at").arg(path).args(["--pages-max", "100000"]).output();
    let told = output.ok().and_then(|output| serde_json::from_slice::<serde_json::Value>(&output.stdout).ok());
    let pages = told.and_then(|told| told.get("pages")?.as_u64());
    usize::try_from(pages.unwrap_or(0)).unwrap_or(usize::MAX)
}
