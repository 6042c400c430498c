//! Every form that takes a file, with files that it must not take: the content decides, and not the name.

use crate::{
    html::Form,
    walk::{Walk, token},
    world::Person,
};
use axum::http::StatusCode;
use firebee_server::random::uuid_v4;
use std::collections::BTreeSet;

/// A page that calls itself a PDF.
const DISGUISED: &[u8] = b"<!doctype html><script>alert(1)</script>";

/// One byte more than a file of a form may have.
const LARGE: usize = (10 << 20) + 1;

/// More than every form may have, the export file of a phone included.
const ENDLESS: u64 = 1 << 40;

/// Sends each form with files once, by the first who was shown it.
pub(super) async fn refuse_what_is_no_file(walk: &mut Walk<'_>) {
    let (world, mut done) = (walk.world, BTreeSet::new());
    for person in &world.people {
        let own = walk.shown.get(&person.name).cloned().unwrap_or_default();
        for (pattern, forms) in own.forms {
            if let Some(form) = forms.first().filter(|form| form.files && done.insert(pattern.clone())) {
                try_files(walk, person, form).await;
            }
        }
    }
    assert!(done.len() > 5, "{done:?}");
}

async fn try_files(walk: &mut Walk<'_>, person: &Person, form: &Form) {
    let token = token(&person.browser).await;
    let mut large = b"%PDF-1.7\n".to_vec();
    large.resize(LARGE, b' ');
    let named = ("paper.pdf", "application/pdf");
    for (bytes, codes) in [
        (
            DISGUISED,
            [
                "attachment_format_unsupported",
                "pdf_required",
                "export_unreadable",
                "sheet_unreadable",
                "sheet_heading_missing",
            ],
        ),
        (large.as_slice(), ["attachment_too_large", "export_unreadable", "sheet_too_large", "", ""]),
    ] {
        let request = uuid_v4().unwrap().to_string();
        let fields = form.fields.iter().map(|(name, value)| match name.as_str() {
            "csrf" if !token.is_empty() => ("csrf", token.as_str()),
            "request" => ("request", request.as_str()),
            name => (name, value.as_str()),
        });
        let fields: Vec<(&str, &str)> = fields.collect();
        let page = person.browser.send_named(&form.action, &fields, &[bytes], named).await;
        walk.forms += 1;
        walk.judge(person, &format!("POST {} with a file", form.action), &form.action, &page);
        let html = page.html().replace('\r', "");
        let told = codes.iter().any(|code| !code.is_empty() && html.contains(code));
        let typed = form.fields.iter().filter(|(name, value)| name != "request" && value.contains("\r\n"));
        let kept = typed.clone().all(|(_, value)| html.contains(&value.replace("\r\n", "\n")));
        if page.status != StatusCode::UNPROCESSABLE_ENTITY || !told || !kept {
            let what = format!("{} bytes: {}, told {told}, kept {kept}: {}", bytes.len(), page.status, page.text());
            walk.found.push(format!("{} sends {} a file of {what}", person.name, form.action));
        }
    }
    // What is announced as too large is refused before it comes.
    let page = person.browser.announce(&form.action, ENDLESS).await;
    if page.status != StatusCode::PAYLOAD_TOO_LARGE || !page.html().contains("too_large") {
        walk.found.push(format!(
            "{} announces too much to {}: {} {}",
            person.name,
            form.action,
            page.status,
            page.text()
        ));
    }
}
