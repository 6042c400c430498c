//! Phones that must not go on: copied, restored, or without their key; and folders that are in use.

use super::*;
use crate::OpenError;
use firebee_domain::code::Code;
use firebee_protocol::text::{Language, problem_text};
use std::fs;

/// Nothing is recorded, the reason is told, and what was recorded before is shown.
fn refuses(phone: &Phone, task: TaskId, code: Code) {
    let me = phone.client.screens().me().unwrap();
    assert_eq!(me.may_record.why_not, Some(problem_text(code, &[], Language::Zh)));
    let before = phone.client.progress().overview().unwrap().facts.total();
    let refused = phone.client.tasks().record_result(&good(task, ITEM_IDS[0])).unwrap_err();
    assert_eq!(refused.code(), code);
    let photo = phone.client.evidence().take_photo(&photo(task, PhotoRole::Selfie, None)).unwrap_err();
    assert_eq!(photo.code(), code);
    assert_eq!(phone.client.progress().overview().unwrap().facts.total(), before);
    assert_eq!(phone.client.tasks().get(task).unwrap().task.id, task);
}

#[test]
fn a_journal_that_came_from_another_installation_records_nothing_more_and_says_so() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS);
    fs::write(phone.home.path().join("install-id"), "16fd2706-8baf-433b-82eb-8c7fada847da\n").unwrap();
    refuses(&phone.restart(), task, Code::OtherInstall);
}

#[test]
fn a_phone_whose_key_is_gone_records_nothing_more_and_says_so() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS);
    fs::remove_dir_all(phone.home.path().join("keys")).unwrap();
    refuses(&phone.restart(), task, Code::KeyGone);
}

#[test]
fn an_old_copy_of_the_journal_records_nothing_more_and_says_so() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS);
    let Phone { home, clock, client, seed } = phone;
    drop(client);
    let yesterday = fs::read(home.path().join("journal.db")).unwrap();
    let client = open(home.path(), &clock, seed + 1);
    client.tasks().record_result(&good(task, ITEM_IDS[1])).unwrap();
    client.core().journal.note_high_water().unwrap();
    drop(client);
    fs::write(home.path().join("journal.db"), yesterday).unwrap();
    let client = open(home.path(), &clock, seed + 2);
    refuses(&Phone { home, clock, client, seed }, task, Code::RolledBack);
}

fn again(phone: &Phone) -> Result<Client, OpenError> {
    let device = Device { name: "test".into(), system: "linux".into(), app: "0".into() };
    let config =
        ClientConfig { reserve_bytes: 4_096, ..ClientConfig::new(phone.home.path(), "http://127.0.0.1", device) };
    Client::blocking_open(config, fakes::ports(phone.home.path(), phone.clock.clone(), 99).unwrap())
}

/// Two clients would write one journal. The folder is free again as soon as the first one is gone, or suspended.
#[tokio::test]
async fn a_second_client_on_one_folder_is_refused_until_the_first_is_gone_or_suspended() {
    let (phone, _) = operator();
    let task = phone.start(&ITEM_IDS);
    assert_eq!(again(&phone).map(drop).unwrap_err().code(), Code::FolderInUse);
    phone.client.tasks().record_result(&good(task, ITEM_IDS[0])).unwrap();
    phone.client.suspend().await.unwrap();
    let second = again(&phone).unwrap();
    phone.client.resume().await;
    let refused = phone.client.tasks().get(task).map(drop).unwrap_err();
    assert_eq!(refused.code(), Code::FolderInUse, "the first one comes back to a folder that is taken");
    drop(second);
    assert_eq!(phone.client.tasks().get(task).unwrap().task.results.len(), 1);
}
