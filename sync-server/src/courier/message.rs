//! The body of a message: what happened, to what, when, and where to look. It names nobody and says nothing of its subject.

use crate::query::webhook::MessageRow;
use chrono::{DateTime, SecondsFormat};
use firebee_domain::webhook::Happening;
use serde_json::json;

/// The bytes of a message; `at` makes the address of a page.
pub(super) fn body(message: &MessageRow, at: impl Fn(&str) -> String) -> Vec<u8> {
    let (noun, list) = match message.event {
        Happening::TaskSubmitted | Happening::TaskApproved | Happening::TaskRejected => ("task_id", "tasks"),
        Happening::FaultFound | Happening::FaultResolved => ("fault_id", "faults"),
        Happening::ReportMade | Happening::ReportFiled => ("report_id", "reports"),
    };
    let happened = DateTime::from_timestamp_millis(message.at.0).unwrap_or_default();
    let data = json!({
        noun: message.subject.to_string(),
        "project_id": message.project,
        "url": at(&format!("/{list}/{}", message.subject)),
    });
    let timestamp = happened.to_rfc3339_opts(SecondsFormat::Millis, true);
    json!({ "type": message.event, "timestamp": timestamp, "data": data }).to_string().into_bytes()
}
