//! What cannot count is kept, acknowledged and told, and delays nothing.

use crate::{both, fixture::*};
use firebee_domain::{
    account::{Actor, Role},
    code::Code,
    evidence::PhotoRole,
    id::BootId,
    result::Verdict,
    task::{TaskDiscarded, TaskState},
    time::Anchor,
};
use firebee_protocol::fact::{Body, DeviceNote, Seen, Subject};
use firebee_server::{
    accept::relearn,
    query::{
        held,
        page::Wanted,
        parked::{Of, parked as parked_rows},
    },
    row, sql,
    store::{StoreError, Tx, pack, stored},
};
use firebee_tests::{
    device::{Device, Sign, Work, answer, not_offered, photo},
    firm::{Firm, MORNING},
    kept::lines,
};

both!(
    a_poison_fact_between_good_ones_delays_nothing,
    a_fact_of_another_account_occupies_no_id_and_announces_no_blob,
    an_id_with_other_bytes_is_kept_beside_the_first,
    a_fact_that_moved_to_a_new_store_is_recognised,
    a_fact_that_waited_at_its_old_place_counts_at_its_new_one,
    a_submission_that_lists_what_is_missing_counts_as_soon_as_it_comes,
    blobs_above_the_limit_or_not_announced_are_told,
    a_quarantined_fact_is_told_to_its_author_and_the_lead,
    what_an_older_program_could_not_read_counts_after_an_upgrade,
    the_lead_is_told_of_what_no_program_could_judge,
    a_waiting_fact_of_another_firm_is_not_judged_by_our_push,
    what_is_parked_never_shows_the_name_of_another_firms_project,
);

fn codes(reply: &firebee_protocol::push::PushReply) -> Vec<(u64, &str)> {
    reply.results.iter().map(|outcome| (outcome.seq, outcome.code.as_str())).collect()
}

fn edited(line: &[u8], from: &str, to: &str) -> Vec<u8> {
    let text = String::from_utf8(line.to_vec()).unwrap();
    assert!(text.contains(from), "{text}");
    text.replace(from, to).into_bytes()
}

/// A task with one item, started and not submitted.
async fn started(firm: &Firm) -> (Device, Work) {
    let mut device = Device::claim(firm, firm.operators[0], 1).await;
    let work = device.start_task(firm, &firm.items_of(0)[..2], firm.assignments[0]);
    (device, work)
}

async fn a_poison_fact_between_good_ones_delays_nothing(firm: Firm) {
    let (mut device, mut work) = started(&firm).await;
    let item = firm.items_of(0)[0].clone();
    device.result(&firm, &mut work, &item, Verdict::Conform);
    let good = device.log[1].clone();
    let id = |n: u32| format!("019a0000-0000-7000-8000-{n:012}");
    let own = String::from_utf8(good.clone()).unwrap();
    let own: String = own.split("\"id\":\"").nth(1).unwrap().chars().take(36).collect();
    let other = |n: u32| edited(&good, &own, &id(n));
    device.log.extend([
        b"not json".to_vec(),
        Vec::new(),
        vec![0xff, 0xfe],
        edited(&other(1), "\"kind\":\"result.recorded\"", "\"kind\":\"result.guessed\""),
        edited(&other(2), "\"v\":1", "\"v\":2"),
        edited(&other(3), "\"kind\":\"result.recorded\"", &format!("\"kind\":\"{}\"", not_offered())),
        edited(&other(4), "\"verdict\":\"conform\"", "\"verdict\":\"maybe\""),
        edited(&other(5), "\"position\":null", &format!("\"position\":\"{}\"", "x".repeat(10_000))),
        edited(&other(6), "\"position\":null", "\"position\":\"a\\u0000b\""),
        edited(&other(7), "\"position\":null", "\"position\":null,\"position\":null"),
        edited(&other(8), "\"ordinal\":1", "\"ordinal\":1.5"),
        edited(&other(9), "\"position\":null", &format!("\"position\":\"{}\"", "x".repeat(300 << 10))),
        edited(&other(10), "\"ordinal\":1", "\"ordinal\":0"),
        edited(&other(11), "\"task\":\"", "\"tusk\":\""),
    ]);
    let last = device.describe(&firm, &mut work);
    let reply = device.push_from(&firm, 1).await;
    let expected = [
        "malformed",
        "malformed",
        "malformed",
        "kind_unknown",
        "kind_unknown",
        "kind_not_supported_yet",
        "body_malformed",
        "text_too_long",
        "malformed",
        "malformed",
        "malformed",
        "too_large",
        "ordinal_invalid",
        "subject_missing",
    ];
    let found = codes(&reply);
    assert_eq!(found.iter().map(|(_, code)| *code).collect::<Vec<_>>(), expected);
    assert_eq!(found[0].0, 3);
    assert_eq!(reply.acked_through, device.head());
    assert_eq!(task(&firm, work.task).await.description.unwrap().fact, last);
    let kept: Vec<Vec<u8>> = lines(&firm.store).await.into_iter().map(|kept| kept.bytes.to_vec()).collect();
    assert_eq!(kept, device.log, "every line as it came");
    assert_eq!(codes(&device.push_from(&firm, 1).await), found, "the stored outcomes again");
}

async fn a_fact_of_another_account_occupies_no_id_and_announces_no_blob(firm: Firm) {
    let (mut device, mut work) = started(&firm).await;
    let mut other = Device::claim(&firm, firm.operators[1], 2).await;
    let (mut others, item) =
        (other.start_task(&firm, &firm.items_of(1)[..1], firm.assignments[1]), &firm.items_of(1)[0]);
    let theirs = other.photo(&firm, &mut others, PhotoRole::Evidence, Some(item));
    device.log.push(other.log[1].clone());
    device.describe(&firm, &mut work);
    let reply = device.push_from(&firm, 1).await;
    assert_eq!(codes(&reply), [(2, "foreign_account")]);
    assert_eq!(count(&firm, sql!("SELECT count(*) FROM blob")).await, 0);
    assert_eq!(count(&firm, sql!("SELECT count(*) FROM fact")).await, 2);
    let parked_as = format!("{}:2", device.store_id);
    assert_eq!(parked(&firm, &parked_as).await.unwrap().author, device.account);
    // The owner of the account sends it in person: then it counts, and what the other sent stays what it is.
    assert_eq!(codes(&other.push_from(&firm, 1).await), []);
    assert_eq!(task(&firm, others.task).await.photos[0].fact, theirs);
    assert_eq!(count(&firm, sql!("SELECT count(*) FROM blob")).await, 3);
    assert_eq!(count(&firm, sql!("SELECT count(*) FROM fact")).await, 2 + i64::try_from(other.head()).unwrap());
    assert!(parked(&firm, &parked_as).await.is_some(), "the outcome belongs to the log entry");
}

async fn an_id_with_other_bytes_is_kept_beside_the_first(firm: Firm) {
    let (mut device, mut work) = started(&firm).await;
    let item = firm.items_of(0)[0].clone();
    let kept = device.result(&firm, &mut work, &item, Verdict::Conform);
    let twin = edited(&device.log[1], "\"position\":null", "\"position\":\"B1\"");
    device.log.push(twin.clone());
    let reply = device.push_from(&firm, 1).await;
    assert_eq!(codes(&reply), [(3, "id_conflict")]);
    let held = task(&firm, work.task).await;
    assert_eq!((held.results.len(), held.results[0].fact), (1, kept));
    assert_eq!(held.results[0].recorded.position, None);
    assert_eq!(count(&firm, sql!("SELECT count(*) FROM fact")).await, 2, "the id is the first one's");
    assert_eq!(lines(&firm.store).await[2].bytes, twin, "both are kept");
    assert!(parked(&firm, &format!("{}:3", device.store_id)).await.is_some());
    assert!(parked(&firm, &kept.to_string()).await.is_none(), "the first one counts");
}

async fn a_fact_that_moved_to_a_new_store_is_recognised(firm: Firm) {
    let mut old = Device::claim(&firm, firm.operators[0], 1).await;
    let work = old.whole_task(&firm, &firm.items_of(0)[..2], firm.assignments[0]);
    old.push(&firm, 1, 3, Sign::Right).await.unwrap();
    let before = document(&firm, work.task).await;
    let mut new = Device::claim(&firm, firm.operators[0], 2).await;
    new.log = old.log.clone();
    new.now = old.now;
    let reply = new.push(&firm, 1, 3, Sign::Right).await.unwrap();
    assert_eq!((codes(&reply), reply.acked_through), (vec![], 3));
    assert_eq!(document(&firm, work.task).await, before, "known facts have no second effect");
    assert_eq!(codes(&new.push_from(&firm, 4).await), []);
    assert_eq!(task(&firm, work.task).await.state, TaskState::PendingReview);
    assert_eq!(count(&firm, sql!("SELECT count(*) FROM fact")).await, i64::try_from(new.head()).unwrap());
}

async fn a_fact_that_waited_at_its_old_place_counts_at_its_new_one(firm: Firm) {
    let mut old = Device::claim(&firm, firm.operators[0], 1).await;
    let work = old.whole_task(&firm, &firm.items_of(0)[..2], firm.assignments[0]);
    // The old store sent a result without the start of its task.
    let log = std::mem::take(&mut old.log);
    old.log = vec![log[1].clone()];
    let reply = old.push_from(&firm, 1).await;
    assert_eq!(codes(&reply), [(1, "task_unknown")]);
    let waiting = reply.results[0].id.unwrap().to_string();
    assert!(parked(&firm, &waiting).await.is_some());
    for store in [2, 3] {
        let mut new = Device::claim(&firm, firm.operators[0], store).await;
        new.log = log.clone();
        new.now = old.now;
        assert_eq!(codes(&new.push_from(&firm, 1).await), [], "store {store}");
        assert_eq!(parked(&firm, &waiting).await, None, "nobody is told that it waits");
        assert_eq!(task(&firm, work.task).await.state, TaskState::PendingReview);
        assert_eq!(count(&firm, sql!("SELECT count(*) FROM fact")).await, i64::try_from(new.head()).unwrap());
        let org = firm.org;
        let held = firm.store.read("held", async move |tx: &mut Tx| held::facts(tx, org).await).await;
        assert!(held.unwrap_or_else(|error: StoreError| panic!("{error}")).iter().all(|fact| fact.code.is_none()));
    }
}

async fn a_submission_that_lists_what_is_missing_counts_as_soon_as_it_comes(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let work = device.whole_task(&firm, &firm.items_of(0)[..2], firm.assignments[0]);
    // The result of item 2 travels last, as when it was moved from a retired store.
    let moved = device.log.remove(2);
    let reply = device.push_from(&firm, 1).await;
    assert_eq!(codes(&reply), [(6, "manifest_mismatch")]);
    let submission = reply.results[0].id.unwrap().to_string();
    assert_eq!(parked(&firm, &submission).await.unwrap().task, Some(work.task));
    assert_eq!(task(&firm, work.task).await.state, TaskState::Executing);
    device.log.push(moved);
    assert_eq!(codes(&device.push_from(&firm, 7).await), []);
    let held = task(&firm, work.task).await;
    assert_eq!((held.state, held.submissions.len()), (TaskState::PendingReview, 1));
    assert_eq!(parked(&firm, &submission).await, None);
    assert_eq!(codes(&device.push_from(&firm, 1).await), [], "its log entry says so, too");
}

async fn blobs_above_the_limit_or_not_announced_are_told(firm: Firm) {
    let (mut device, work) = started(&firm).await;
    let (taken, mut blobs) = photo(1, PhotoRole::Panel, None);
    blobs[0].len = (30 << 20) + 1;
    device.record(firm.project, &work.subject, &blobs, &Body::PhotoTaken(Box::new(taken.clone())));
    let (other, blobs) = photo(2, PhotoRole::Panel, None);
    device.record(firm.project, &work.subject, &blobs[1..], &Body::PhotoTaken(Box::new(other)));
    let (_, many) = photo(3, PhotoRole::Panel, None);
    let (_, line) = device.line(Some(firm.project), &work.subject, &many, &Body::PhotoTaken(Box::new(taken)));
    let announced = serde_json::to_string(&many[0]).unwrap();
    device.log.push(edited(&line, &announced, &vec![announced.clone(); 8].join(",")));
    let reply = device.push_from(&firm, 1).await;
    assert_eq!(codes(&reply), [(2, "blob_too_large"), (3, "blob_not_announced"), (4, "malformed")]);
    assert_eq!(count(&firm, sql!("SELECT count(*) FROM blob")).await, 4, "what fits is announced all the same");
}

async fn a_quarantined_fact_is_told_to_its_author_and_the_lead(firm: Firm) {
    let (mut device, mut work) = started(&firm).await;
    let foreign = firm.items_of(1)[0].clone();
    let body = Body::ResultRecorded(Box::new(answer(&foreign, Verdict::Conform)));
    let odd = device.record(firm.project, &work.subject, &[], &body).to_string();
    let anchor = Anchor { server_ms: device.now, boot_ms: 0, boot_id: device.boot, rtt_ms: 1 };
    device.note_anchor(anchor);
    assert_eq!(codes(&device.push_from(&firm, 1).await), [(2, "item_not_in_task")]);
    let lead = Device::claim(&firm, firm.lead, 3).await;
    for reader in [&device, &lead] {
        let page = reader.pull(&firm.store, None, None).await.unwrap();
        let told = page.changes.iter().find(|change| change.kind == "parked").unwrap();
        assert_eq!(told.id, odd);
    }
    let other = Device::claim(&firm, firm.operators[1], 4).await;
    let page = other.pull(&firm.store, None, None).await.unwrap();
    assert!(page.changes.iter().all(|change| change.kind != "parked" && change.kind != "task"));
    let discarded = Body::TaskDiscarded(TaskDiscarded { reason: String::new() });
    device.record(firm.project, &work.subject, &[], &discarded);
    device.describe(&firm, &mut work);
    assert_eq!(codes(&device.push_from(&firm, 4).await), [(5, "task_discarded")]);
}

/// Pushes the last line to an older program, which did not know its kind, and then brings the program up to date: the
/// bytes are those that the kind's own program wrote.
async fn push_unread(firm: &Firm, device: &mut Device) {
    let line = device.log.pop().unwrap();
    device.log.push(edited(&line, "\"kind\":\"result.recorded\"", "\"kind\":\"result.guessed\""));
    let seq = device.head();
    assert_eq!(codes(&device.push_from(firm, seq).await), [(seq, "kind_unknown")]);
    let newer = async move |tx: &mut Tx| {
        let packed = pack(&[line.as_slice(), b"\n"].concat())?;
        tx.execute(sql!("UPDATE push SET bytes = ?1 WHERE first_seq = ?2"), &row![&packed, stored(seq)?]).await
    };
    let updated = firm.store.write("newer", newer).await.unwrap_or_else(|error: StoreError| panic!("{error}"));
    assert_eq!(updated, 1);
}

async fn what_an_older_program_could_not_read_counts_after_an_upgrade(firm: Firm) {
    let (mut device, mut work) = started(&firm).await;
    device.push_from(&firm, 1).await;
    let item = firm.items_of(0)[0].clone();
    let result = device.result(&firm, &mut work, &item, Verdict::Conform);
    push_unread(&firm, &mut device).await;
    device.describe(&firm, &mut work);
    device.push_from(&firm, 3).await;
    assert_eq!(relearn(&firm.store, device.now.plus_ms(86_400_000)).await, Ok(1));
    assert_eq!(task(&firm, work.task).await.results[0].fact, result);
    assert_eq!(parked(&firm, &result.to_string()).await, None);
    assert_eq!(relearn(&firm.store, device.now).await, Ok(0));
}

async fn the_lead_is_told_of_what_no_program_could_judge(firm: Firm) {
    let (mut device, mut work) = started(&firm).await;
    let lead = Device::claim(&firm, firm.lead, 3).await;
    device.push_from(&firm, 1).await;
    let item = firm.items_of(0)[0].clone();
    for (from, to, code) in [
        ("\"verdict\":\"conform\"", "\"verdict\":\"maybe\"", "body_malformed"),
        ("\"kind\":\"result.recorded\"", "\"kind\":\"result.guessed\"", "kind_unknown"),
    ] {
        let fact = device.result(&firm, &mut work, &item, Verdict::Conform);
        let line = device.log.pop().unwrap();
        device.log.push(edited(&line, from, to));
        let seq = device.head();
        assert_eq!(codes(&device.push_from(&firm, seq).await), [(seq, code)]);
        let page = lead.pull(&firm.store, None, None).await.unwrap();
        assert!(page.changes.iter().any(|change| change.kind == "parked" && change.id == fact.to_string()), "{code}");
    }
    // A project of another firm has no lead that were told.
    let rival = Firm::found((firm.store.clone(), None), 2).await;
    let stranger = Device::claim(&rival, rival.lead, 4).await;
    let line = device
        .line(Some(rival.project), &work.subject, &[], &Body::ResultRecorded(Box::new(answer(&item, Verdict::Conform))))
        .1;
    device.log.push(line);
    let seq = device.head();
    assert_eq!(device.push_from(&firm, seq).await.results.len(), 1);
    let page = stranger.pull(&rival.store, None, None).await.unwrap();
    assert!(page.changes.iter().all(|change| change.kind != "parked"));
}

async fn a_waiting_fact_of_another_firm_is_not_judged_by_our_push(firm: Firm) {
    let (device, work) = started(&firm).await;
    let rival = Firm::found((firm.store.clone(), None), 2).await;
    let mut stranger = Device::claim(&rival, rival.operators[0], 2).await;
    let seen = Some(Seen { doc: rival.assignments[0].0.to_string(), rev: rival.assignments[0].1 });
    let mut theirs = Work { subject: Subject { plan: Some(rival.plan), task: Some(work.task), seen }, ..work.clone() };
    let waiting = stranger.describe(&rival, &mut theirs).to_string();
    assert_eq!(codes(&stranger.push_from(&rival, 1).await), [(1, "task_unknown")]);
    assert_eq!(codes(&device.push_from(&firm, 1).await), []);
    assert_eq!(parked(&firm, &waiting).await.unwrap().code, Code::TaskUnknown, "ours is not theirs");
    assert_eq!(codes(&stranger.push_from(&rival, 1).await), [(1, "task_unknown")]);
}

async fn what_is_parked_never_shows_the_name_of_another_firms_project(firm: Firm) {
    let rival = Firm::found((firm.store.clone(), None), 2).await;
    let (mut device, mut work) = started(&firm).await;
    let line = device.line(Some(rival.project), &work.subject, &[], &note()).1;
    device.log.push(line);
    device.describe(&firm, &mut work);
    for line in &mut device.log {
        *line = edited(line, "\"kind\":\"", "\"kind\":\"not.yet.");
    }
    let reply = device.push_from(&firm, 1).await;
    assert_eq!(codes(&reply), [(1, "kind_unknown"), (2, "kind_unknown"), (3, "kind_unknown")]);
    let manager = |firm: &Firm| Actor {
        account: firm.lead,
        organisation: Some(firm.org.id()),
        role: Role::CompanyManager,
        technical_director: false,
        enabled: true,
    };
    let read = async |org: firebee_server::org::Org, actor: Actor| {
        let read = async move |tx: &mut Tx| {
            parked_rows(tx, org, &actor, Of::default(), &Wanted::first(10)).await.map(|page| page.rows)
        };
        firm.store.read("parked", read).await.unwrap_or_else(|error: StoreError| panic!("{error}"))
    };
    let names: Vec<_> = read(firm.org, manager(&firm)).await.into_iter().map(|row| row.project).collect();
    let ours = Some("project".to_owned());
    assert_eq!(names, [ours.clone(), None, ours]);
    assert_eq!(read(rival.org, manager(&rival)).await.len(), 0);
}

/// Something that any phone may say.
fn note() -> Body {
    let boot_id = BootId(uuid::Uuid::from_u128(1));
    Body::DeviceNote(DeviceNote::Anchor {
        anchor: Anchor { server_ms: MORNING, boot_ms: 0, boot_id, rtt_ms: 1 },
        stamp: None,
    })
}
