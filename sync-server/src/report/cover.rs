//! The cover of a report, and the statements below its signatures.

use super::basics::Around;
use crate::{
    office::report::Ground,
    text::Text as T,
    view::{self, Reader},
};
use firebee_domain::{
    catalogue::Nature,
    plan::Plan,
    report::{Chosen, Cover, Form, ReportKind, UploadLine, name},
    ruling::Ruling,
};
use firebee_protocol::text::{Arg, when};

/// The cover.
pub(super) fn cover(
    reader: Reader<'_>,
    ground: &Ground,
    around: &Around,
    (chosen, code, verify_at): (&Chosen, &str, &str),
) -> Cover {
    let (title, kind_word) = match ground.kind() {
        ReportKind::Month => (T::ReportTitleMaintenance, T::ReportKindMonth),
        ReportKind::Quarter => (T::ReportTitleMaintenance, T::ReportKindQuarter),
        ReportKind::Year => (T::ReportTitleMaintenance, T::ReportKindYear),
        ReportKind::Inspection => (T::ReportTitleInspection, T::ReportKindInspection),
        ReportKind::Evaluation => (T::ReportTitleEvaluation, T::ReportKindEvaluation),
    };
    let kind_word = reader.t(kind_word);
    let project = ground.site.project.name.clone();
    Cover {
        kind: ground.kind(),
        title: reader.t(title),
        name: name(&project, chosen.report_date, &kind_word),
        kind_word,
        code: code.to_owned(),
        project,
        owner: around.owner.name.clone(),
        organisation: ground.organisation.name.clone(),
        period: period(reader, &ground.plan.plan),
        report_date: chosen.report_date,
        service: chosen.service,
        verify_at: verify_at.to_owned(),
    }
}

/// The period of a plan in words.
fn period(reader: Reader<'_>, plan: &Plan) -> String {
    let (year, month) = (plan.period.year, plan.period.month);
    let values = [("year", Arg::from(year)), ("month", Arg::from(month)), ("quarter", Arg::from((month - 1) / 3 + 1))];
    let text = match plan.nature {
        Nature::Month => T::ReportPeriodMonth,
        Nature::Quarter => T::ReportPeriodQuarter,
        Nature::Year => T::ReportPeriodYear,
    };
    reader.say(text, &values)
}

/// The file that is the text of the report, where one is.
pub(super) fn upload(reader: Reader<'_>, ground: &Ground, chosen: &Chosen) -> Option<UploadLine> {
    let (file, found) = chosen.upload.zip(ground.upload)?;
    let conclusion = chosen.conclusion.filter(|_| ground.kind().has_conclusion());
    Some(UploadLine {
        file,
        size: reader.say(T::ReportUploadSize, &[("bytes", Arg::from(found.bytes.to_string()))]),
        conclusion: conclusion.map(|held| reader.t(view::report::conclusion(held))).unwrap_or_default(),
    })
}

/// What the firm states; of a special site also by whose decision its report is uploaded.
pub(super) fn statements(reader: Reader<'_>, ground: &Ground, approval: Option<&Ruling>) -> Vec<String> {
    let evidence = match ground.form() {
        Form::Generated => T::ReportStatementEvidence,
        Form::Uploaded => T::ReportStatementUpload,
    };
    let special = approval.filter(|_| ground.site.project.special_site).map(|ruling| {
        let day = when::date(reader.language, ruling.at.china_day());
        reader.say(T::ReportStatementSpecial, &[("unit", Arg::from(ruling.unit.clone())), ("day", Arg::from(day))])
    });
    let rest = [evidence, T::ReportStatementSeal, T::ReportStatementVerify].map(|text| reader.t(text));
    special.into_iter().chain(rest).collect()
}
