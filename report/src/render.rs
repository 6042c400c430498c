//! From a job to the bytes of a PDF.

use crate::{
    answer::{Answer, Failure, FailureCode as Code, LeftOut, Unprintable},
    fonts::Fonts,
    input::Job,
    template::{AGREEMENT_SOURCES, Data, NOTICE_SOURCES, SOURCES, TABLE_SOURCES},
    world::Files,
};
use chrono::NaiveDate;
use firebee_domain::report::{Agreement, Notice, Table};
use sha2::{Digest, Sha256};
use std::panic::{AssertUnwindSafe, catch_unwind};
use typst::{
    diag::{SourceDiagnostic, SourceResult},
    foundations::{Datetime, Smart},
};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

/// what a system for filing takes is less than 10 MB.
pub const PDF_BYTES_MAX: usize = 9_500_000;
/// A file that somebody else wrote comes on top of it.
fn bytes_max(job: &Job) -> usize {
    PDF_BYTES_MAX + job.upload.as_ref().map_or(0, Vec::len)
}

/// What the photos may take of it at first.
const PHOTOS_BYTES_MAX: usize = 8_200_000;
/// A standard: its name, and what typst calls it.
type Standard = (&'static str, &'static [PdfStandard]);
/// Without conditions.
const PLAIN: [Standard; 1] = [("PDF 1.7", &[])];
/// What a report conforms to, from the best.
const STANDARDS: [Standard; 3] = [
    ("PDF/A-3a, PDF/UA-1", &[PdfStandard::A_3a, PdfStandard::Ua_1]),
    ("PDF/A-3b", &[PdfStandard::A_3b]),
    ("PDF 1.7", &[]),
];
/// China has one time, eight hours before UTC.
const ZONE_MINUTES: i32 = 480;

/// A report.
pub struct Rendered {
    /// The file.
    pub pdf: Vec<u8>,
    /// What is to be said of it.
    pub answer: Answer,
}

/// Renders a report. No input makes it panic.
pub fn render(job: &Job, fonts: &Fonts) -> Result<Rendered, Failure> {
    let rendered = match sized(job, fonts, true) {
        // Drawings and an uploaded file are the only parts whose inside typst reads.
        Err(failure) if failure.code == Code::RenderFailed => sized(job, fonts, false),
        rendered => rendered,
    };
    typst::comemo::evict(0);
    rendered
}

/// Renders once, and once more with smaller photos where the file is too large.
fn sized(job: &Job, fonts: &Fonts, has_foreign: bool) -> Result<Rendered, Failure> {
    let once = |photos_bytes_max| {
        let rendered = catch_unwind(AssertUnwindSafe(|| once(job, fonts, photos_bytes_max, has_foreign)));
        rendered.unwrap_or_else(|_| Err(Failure::new(Code::RenderFailed, "a panic, whose place stands on stderr")))
    };
    let first = once(PHOTOS_BYTES_MAX)?;
    let most = bytes_max(job);
    if first.pdf.len() <= most {
        return Ok(first);
    }
    let excess = first.pdf.len() - most;
    let second = once(PHOTOS_BYTES_MAX.saturating_sub(excess * 3 / 2))?;
    if second.pdf.len() <= most {
        return Ok(second);
    }
    let details = format!("{} bytes, of {most} allowed", second.pdf.len());
    Err(Failure::new(Code::ReportTooLarge, details))
}

fn once(job: &Job, fonts: &Fonts, photos_bytes_max: usize, has_foreign: bool) -> Result<Rendered, Failure> {
    let failed = |details: &str| Failure::new(Code::RenderFailed, details);
    let data =
        Data::of(job, fonts, photos_bytes_max, has_foreign).ok_or_else(|| failed("the snapshot cannot be written"))?;
    let mut files = Files::new(fonts, &SOURCES).ok_or_else(|| failed("the template is not named well"))?;
    for (name, bytes) in data.files {
        files.add(&name, bytes);
    }
    let document: PagedDocument = told(typst::compile(&files).output)?;
    // No standard takes a foreign page whose fonts and colours nobody knows.
    let is_ours = fonts.is_full && job.upload.is_none();
    let standards = if is_ours { STANDARDS.as_slice() } else { PLAIN.as_slice() };
    let cover = &job.snapshot.cover;
    let (pdf, standard) = written(&document, (&cover.code, cover.report_date), standards)?;
    Ok(answered((document, pdf), standard, fonts, (data.unprintable, data.left_out)))
}

/// Renders a table. No input makes it panic.
pub fn render_table(table: &Table, fonts: &Fonts) -> Result<Rendered, Failure> {
    let data = || Data::of_one("table", table, fonts);
    caught(|| passing(data(), &TABLE_SOURCES, (&table.title, table.printed_on), fonts))
}

/// Renders the notice of a building. No input makes it panic.
pub fn render_notice(notice: &Notice, fonts: &Fonts) -> Result<Rendered, Failure> {
    caught(|| passing(Data::of_notice(notice, fonts), &NOTICE_SOURCES, (&notice.project, notice.printed_on), fonts))
}

/// Renders the text of a contract. No input makes it panic.
pub fn render_agreement(text: &Agreement, fonts: &Fonts) -> Result<Rendered, Failure> {
    let data = || Data::of_one("agreement", text, fonts);
    caught(|| passing(data(), &AGREEMENT_SOURCES, (&text.title, text.printed_on), fonts))
}

fn caught(render: impl FnOnce() -> Result<Rendered, Failure>) -> Result<Rendered, Failure> {
    let rendered = catch_unwind(AssertUnwindSafe(render));
    rendered.unwrap_or_else(|_| Err(Failure::new(Code::RenderFailed, "a panic, whose place stands on stderr")))
}

/// Renders a document that is kept nowhere.
fn passing(
    data: Option<Data>,
    sources: &[(&str, &str)],
    of: (&str, NaiveDate),
    fonts: &Fonts,
) -> Result<Rendered, Failure> {
    let failed = |details: &str| Failure::new(Code::RenderFailed, details);
    let data = data.ok_or_else(|| failed("the document cannot be written"))?;
    let mut files = Files::new(fonts, sources).ok_or_else(|| failed("the template is not named well"))?;
    for (name, bytes) in data.files {
        files.add(&name, bytes);
    }
    let document: PagedDocument = told(typst::compile(&files).output)?;
    let standards = if fonts.is_full { STANDARDS.as_slice() } else { PLAIN.as_slice() };
    let (pdf, standard) = written(&document, of, standards)?;
    Ok(answered((document, pdf), standard, fonts, (data.unprintable, data.left_out)))
}

/// A document with what is to be said of it.
fn answered(
    (document, pdf): (PagedDocument, Vec<u8>),
    standard: &str,
    fonts: &Fonts,
    (unprintable, left_out): (Vec<Unprintable>, Vec<LeftOut>),
) -> Rendered {
    let answer = Answer {
        pages: document.pages().len(),
        bytes: pdf.len(),
        sha256: Sha256::digest(&pdf).iter().map(|byte| format!("{byte:02x}")).collect(),
        standard: standard.to_owned(),
        font: fonts.family.clone(),
        unprintable,
        left_out,
    };
    Rendered { pdf, answer }
}

/// The file, in the first of these standards that takes the document: no tag keeps a report
/// from its day of filing.
fn written(
    document: &PagedDocument,
    (ident, day): (&str, NaiveDate),
    standards: &[Standard],
) -> Result<(Vec<u8>, &'static str), Failure> {
    let mut failure = Failure::new(Code::RenderFailed, "no standard to write in");
    for (name, standard) in standards {
        let options = PdfOptions {
            ident: Smart::Custom(ident.to_owned()),
            creator: Smart::Custom(Some("Firebee".to_owned())),
            timestamp: dated(day),
            page_ranges: None,
            standards: PdfStandards::new(standard)
                .map_err(|_| Failure::new(Code::RenderFailed, "the standards do not agree"))?,
            tagged: true,
            pretty: false,
        };
        match told(typst_pdf::pdf(document, &options)) {
            Ok(pdf) => return Ok((pdf, *name)),
            Err(next) => failure = next,
        }
    }
    Err(failure)
}

/// The day of the document is the time of the file: the same content gives the same bytes.
fn dated(day: NaiveDate) -> Option<Timestamp> {
    let text = day.to_string();
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let date = Datetime::from_ymd_hms(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?, 0, 0, 0)?;
    Timestamp::new_local(date, ZONE_MINUTES)
}

/// What typst complains of, as a failure. Its words name the template's parts, no text of the snapshot.
fn told<T>(result: SourceResult<T>) -> Result<T, Failure> {
    result.map_err(|errors| {
        let words = |error: &SourceDiagnostic| error.message.to_string();
        let told: Vec<String> = errors.iter().take(3).map(words).collect();
        Failure::new(Code::RenderFailed, told.join("; "))
    })
}
