//! Sending forms: those of others with one's own token, one's own with the ids of others, and one's own as they are.

use crate::{
    html::Form,
    walk::{Walk, is_public, is_strange, token, twin},
    world::Person,
};
use axum::http::StatusCode;
use firebee_server::random::uuid_v4;
use firebee_tests::browse::{Browser, Page};

/// How many forms of a route somebody sends.
const FORMS_MAX: usize = 2;

/// Forms that end what the crawl stands on: the session, and its password.
const LAST: [&str; 4] = ["/sign-out", "/sessions/end", "/password", "/sign-in"];

/// Sends what others may send, and one's own forms with what stands in the forms of others.
pub(super) async fn send_forms_of_others(walk: &mut Walk<'_>, person: &Person) {
    let token = token(&person.browser).await;
    let own = walk.shown.get(&person.name).cloned().unwrap_or_default();
    for other in walk.world.people.iter().filter(|other| other.name != person.name) {
        let theirs = walk.shown.get(&other.name).cloned().unwrap_or_default();
        let strange = is_strange(person, other);
        for (pattern, forms) in &theirs.forms {
            for form in forms.iter().take(FORMS_MAX) {
                if LAST.contains(&form.action.as_str()) || is_public(&form.action) {
                    continue;
                }
                let mine = own.forms.get(pattern).and_then(|forms| forms.first());
                let in_action = walk.has_foreign(person, &form.action);
                let in_fields =
                    form.fields.iter().any(|(name, value)| !is_frame(name) && walk.has_foreign(person, value));
                if mine.is_none() || (strange && (in_action || in_fields)) {
                    let hidden = mine.is_none() || in_action;
                    send(walk, person, other, (form, &token, hidden)).await;
                }
                if let Some(mine) = mine.filter(|mine| strange && in_fields && mine.action != form.action) {
                    let mixed = Form { action: mine.action.clone(), ..form.clone() };
                    send(walk, person, other, (&mixed, &token, false)).await;
                }
            }
        }
    }
}

/// Sends one. What is hidden is not there; what names something hidden is refused.
async fn send(walk: &mut Walk<'_>, person: &Person, other: &Person, (form, token, hidden): (&Form, &str, bool)) {
    // A page that shows again what was typed must not look like one that tells something.
    let strange = |text: &str| person.forbidden.iter().any(|word| text.contains(word.as_str()));
    let unmarked = |(name, value): &(String, String)| {
        let value = if strange(value) { "typed" } else { value.as_str() };
        (name.clone(), value.to_owned())
    };
    let form = &Form { fields: form.fields.iter().map(unmarked).collect(), ..form.clone() };
    let page = post(&person.browser, form, token).await;
    walk.forms += 1;
    walk.judge(person, &format!("POST {}", form.action), &form.action, &page);
    let refused = match page.status {
        StatusCode::NOT_FOUND => true,
        StatusCode::UNPROCESSABLE_ENTITY => !hidden,
        StatusCode::FORBIDDEN | StatusCode::SEE_OTHER => person.name == "nobody",
        _ => false,
    };
    if refused {
        walk.refused += 1;
    } else {
        let ids: Vec<&(String, String)> = form.fields.iter().filter(|(name, _)| !is_frame(name)).take(6).collect();
        let said = format!(
            "{} sends {} of {}: {} {} {ids:?}",
            person.name,
            form.action,
            other.name,
            page.status,
            page.location()
        );
        walk.found.push(said);
    }
}

/// Sends to the addresses that take a form which nobody was shown, because its time had not come or was over: it must be
/// as if the ids did not exist.
pub(super) async fn send_what_was_not_shown(walk: &mut Walk<'_>, person: &Person) {
    let token = token(&person.browser).await;
    let fields = ["csrf", "request"].map(|name| (name.to_owned(), String::new())).to_vec();
    for pattern in walk.without_forms() {
        for other in walk.world.people.iter().filter(|other| is_strange(person, other)) {
            for action in walk.addresses(&pattern, &other.name).into_iter().take(1) {
                if !walk.has_foreign(person, &action) || is_public(&action) {
                    continue;
                }
                let form = |action| Form { action, posts: true, files: false, fields: fields.clone() };
                let page = post(&person.browser, &form(action.clone()), &token).await;
                let made_up = post(&person.browser, &form(twin(&action)), &token).await;
                walk.forms += 2;
                walk.judge(person, &format!("POST {action}"), &action, &page);
                if page.status == made_up.status && !(page.status.is_redirection() && person.name != "nobody") {
                    walk.refused += 1;
                } else {
                    let said =
                        format!("{} sends {action}: {}, and {} for nothing", person.name, page.status, made_up.status);
                    walk.found.push(said);
                }
            }
        }
    }
}

/// Sends one's own forms as the browser would; the ones that end the session last.
pub(super) async fn send_own_forms(walk: &mut Walk<'_>, person: &Person) {
    let token = token(&person.browser).await;
    let own = walk.shown.get(&person.name).cloned().unwrap_or_default();
    let forms = own.forms.values().flat_map(|forms| forms.iter().take(FORMS_MAX));
    let (last, first): (Vec<&Form>, Vec<&Form>) = forms.partition(|form| LAST.contains(&form.action.as_str()));
    for form in first.into_iter().chain(last.into_iter().rev()) {
        let page = post(&person.browser, form, &token).await;
        walk.forms += 1;
        walk.judge(person, &format!("POST {}", form.action), &form.action, &page);
    }
}

/// What every form carries.
fn is_frame(name: &str) -> bool {
    matches!(name, "csrf" | "request" | "again" | "kept")
}

async fn post(browser: &Browser, form: &Form, token: &str) -> Page {
    let request = uuid_v4().unwrap().to_string();
    let fields = form.fields.iter().map(|(name, value)| match name.as_str() {
        "csrf" => ("csrf", token),
        "request" => ("request", request.as_str()),
        name => (name, value.as_str()),
    });
    let fields: Vec<(&str, &str)> = fields.collect();
    if form.files {
        browser.send_files(&form.action, &fields, &[]).await
    } else {
        browser.send_form(&form.action, &fields, &[]).await
    }
}
