//! Screens through the client, on real stores.

mod drafts;
mod instances;
mod issued;
mod item;
mod kinds;
mod lists;
mod notice;
mod outside_plan;
mod search;
mod tasks;
mod ways;

use crate::{
    fakes::{FakeOffice, LEAD},
    screen::{Instance, Screens},
    work::tests::Phone,
};
use firebee_domain::id::TaskId;
use firebee_protocol::text::Language;

/// The screens of a phone in one language.
fn screens(phone: &Phone, language: Language) -> Screens {
    phone.client.set_language(language);
    phone.client.screens()
}

fn first(item_id: &str) -> Instance {
    Instance { item: crate::fakes::plan_item(item_id), ordinal: 1 }
}

/// A lead's phone on which a task with a fault waits for review.
fn lead_with(phone: &Phone, office: &mut FakeOffice, task: TaskId) -> Phone {
    use crate::work::{task::SubmitTask, tests::bad};
    use firebee_domain::evidence::PhotoRole;
    phone.do_all(task);
    phone.client.tasks().record_result(&bad(task, "启动慢")).unwrap();
    phone.photo(task, PhotoRole::Evidence, Some("power-genset.a"));
    phone.client.tasks().submit(SubmitTask { task }).unwrap();
    office.accept(&phone.client).unwrap();
    Phone::of(office, LEAD)
}
