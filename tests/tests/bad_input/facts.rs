//! Facts that cannot count. Each is stored unchanged and acknowledged with its code, and delays nothing.

use crate::has_sentences;
use firebee_domain::{
    evidence::PhotoRole,
    result::{ResultRecorded, Verdict},
    task::TaskDiscarded,
};
use firebee_protocol::fact::{BlobRef, BlobRole, Body, Mime, Subject};
use firebee_server::{
    row, sql,
    store::{Packed, StoreError, Tx},
};
use firebee_tests::{
    answers::Wanted,
    device::{Device, Work, answer, filled, next_id, not_offered, photo},
    firm::{Firm, Issued},
    kept::lines,
    served::{Served, taken},
};

/// A device in a started task, with the line of a good answer to edit.
pub(crate) struct Scene {
    pub(crate) served: Served,
    device: Device,
    token: String,
    pub(crate) work: Work,
    issued: Issued,
    codes: Vec<(&'static str, &'static str)>,
}

impl Scene {
    pub(crate) async fn new() -> Self {
        let served = Served::start().await;
        let (mut device, token) = served.device(&served.firm, served.firm.operators[0], 1).await;
        let items = served.firm.items_of(0)[..2].to_vec();
        let mut work = device.start_task(&served.firm, &items, served.firm.assignments[0]);
        device.result(&served.firm, &mut work, &items[0], Verdict::Conform);
        Self { served, device, token, work, issued: items[1].clone(), codes: Vec::new() }
    }

    pub(crate) fn firm(&self) -> &Firm {
        &self.served.firm
    }

    /// The line of a good answer that was not recorded, with an id of its own.
    fn line(&mut self) -> String {
        let body = Body::ResultRecorded(Box::new(answer(&self.issued, Verdict::Conform)));
        let (_, line) = self.device.line(Some(self.served.firm.project), &self.work.subject, &[], &body);
        String::from_utf8(line).unwrap()
    }

    /// A good answer in which `from` is replaced by `to` becomes the next line; it must be quarantined under `code`.
    pub(crate) fn edit(&mut self, what: &'static str, from: &str, to: &str, code: &'static str) {
        let line = self.line();
        assert!(line.contains(from), "{what}: {line}");
        self.raw(what, line.replacen(from, to, 1).into_bytes(), code);
    }

    fn raw(&mut self, what: &'static str, line: Vec<u8>, code: &'static str) {
        self.device.log.push(line);
        self.codes.push((what, code));
    }

    pub(crate) fn say(
        &mut self,
        what: &'static str,
        subject: &Subject,
        blobs: &[BlobRef],
        body: &Body,
        code: &'static str,
    ) {
        let (_, line) = self.device.line(Some(self.served.firm.project), subject, blobs, body);
        self.raw(what, line, code);
    }

    /// Pushes all: what is wrong has its code, in order, everything is kept as it came, what is right counts.
    pub(crate) async fn settle(mut self) -> Served {
        let bad = self.codes.len();
        let last = self.device.describe(&self.served.firm, &mut self.work);
        let reply = taken(&self.served.push(&self.device, &self.token).await);
        let found: Vec<&str> = reply.results.iter().map(|outcome| outcome.code.as_str()).collect();
        for ((what, code), found) in self.codes.iter().zip(&found) {
            assert_eq!(code, found, "{what}");
            has_sentences(code);
        }
        assert_eq!(found.len(), bad, "{found:?}");
        assert_eq!(reply.acked_through, self.device.head(), "all is acknowledged");
        let kept = lines(&self.firm().store).await.into_iter().filter(|kept| kept.store == self.device.store_id);
        let kept: Vec<Vec<u8>> = kept.map(|kept| kept.bytes.to_vec()).collect();
        for (n, (kept, line)) in kept.iter().zip(&self.device.log).enumerate() {
            let (kept, line) = (String::from_utf8_lossy(kept), String::from_utf8_lossy(line));
            assert_eq!(kept, line, "line {n} as it came");
        }
        assert_eq!(kept.len(), self.device.log.len(), "every line is kept");
        let id = self.work.task.to_string();
        let task = async move |tx: &mut Tx| {
            let select = sql!("SELECT body FROM document WHERE kind = 'task' AND id = ?1");
            let row = tx.query_opt(select, &row![&id]).await?;
            row.map_or(Ok(String::new()), |row| row.get::<Packed>(0).map(|body| body.0))
        };
        let task = self.firm().store.read::<_, StoreError, _>("task", task).await.unwrap();
        let document: firebee_protocol::document::TaskDocument = serde_json::from_str(&task).unwrap();
        assert_eq!(document.task.results.len(), 1, "only the good answer counts");
        assert_eq!(document.task.description.unwrap().fact, last, "what came after the bad ones counts");
        self.served
    }
}

/// What is out of range, and what hides itself from its reader, is quarantined and grows no document.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn numbers_lists_and_names_out_of_their_range_do_not_count() {
    let mut scene = Scene::new().await;
    let kind = format!("\"kind\":\"{}\"", "x".repeat(200_000));
    scene.edit("a long kind", "\"kind\":\"result.recorded\"", &kind, "malformed");
    scene.edit("a kind that hides", "\"kind\":\"result", "\"kind\":\"\u{202e}result", "malformed");
    scene.edit("a clock before its boot", "\"boot_ms\":", "\"boot_ms\":-", "malformed");
    scene.edit("an instance too many", "\"ordinal\":1", "\"ordinal\":100000", "ordinal_invalid");
    let ids: Vec<String> = (0..5_000).map(|n| format!("\"019a0000-0000-7000-8000-{n:012}\"")).collect();
    let photos = format!("\"photos\":[{}]", ids.join(","));
    scene.edit("photos too many", "\"photos\":[]", &photos, "body_malformed");
    for (what, key) in [("a key that turns", "\u{202e}k"), ("the same, escaped", "\\u202ek"), ("another", "\u{61c}")] {
        let member = format!("\"photos\":[],\"{key}\":1");
        scene.edit(what, "\"photos\":[]", &member, "text_control_character");
    }
    scene.edit("a value that turns", "\"photos\":[]", "\"photos\":[],\"k\":\"\u{202e}\"", "text_control_character");
    scene.edit("a name with no width", "\"position\":null", "\"position\":\"a\u{200b}b\"", "text_control_character");
    let plan = format!("\"plan\":\"{}\"", scene.firm().plan);
    let other = "\"plan\":\"019a0000-0000-7000-8000-000000000009\"";
    scene.edit("another plan", &plan, other, "subject_missing");
    let served = scene.settle().await;
    let longest = async |tx: &mut Tx| {
        let rows = tx.query(sql!("SELECT body FROM document WHERE kind = 'parked'"), &row![]).await?;
        rows.iter().map(|row| row.get::<Packed>(0).map(|body| body.0.len())).collect::<Result<Vec<_>, _>>()
    };
    let lengths = served.firm.store.read::<_, StoreError, _>("lengths", longest).await.unwrap();
    assert!(!lengths.is_empty() && lengths.iter().all(|length| *length < 1_000), "{lengths:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lines_that_are_no_facts_are_kept_and_delay_nothing() {
    let mut scene = Scene::new().await;
    scene.raw("an empty line", Vec::new(), "malformed");
    scene.raw("no JSON", b"\x00\x01\x02".to_vec(), "malformed");
    scene.raw("no UTF-8", vec![0xff, 0xfe, b'{', b'}'], "malformed");
    scene.raw("an array", b"[1,2,3]".to_vec(), "malformed");
    let cut = scene.line();
    scene.raw("a line cut short", cut.as_bytes()[..cut.len() / 2].to_vec(), "malformed");
    let tail = format!("{}}}", scene.line());
    scene.raw("something behind it", tail.into_bytes(), "malformed");
    let blank = format!(" {}", scene.line());
    scene.raw("a blank in front", blank.into_bytes(), "malformed");
    let other = scene.line().replacen("{\"project\"", "{\"x\":1,\"project\"", 1);
    scene.raw("another member first", other.into_bytes(), "malformed");
    scene.edit("a key twice", "\"position\":null", "\"position\":null,\"position\":null", "malformed");
    scene.edit(
        "a key twice, deep",
        "\"values\":[{",
        "\"values\":[{\"key\":\"a\",\"key\":\"a\",\"value\":\"1\"},{",
        "malformed",
    );
    let deep = format!("\"photos\":{}{}", "[".repeat(17), "]".repeat(17));
    scene.edit("nested 17 deep", "\"photos\":[]", &deep, "malformed");
    let abyss = format!("\"photos\":{}{}", "[".repeat(100_000), "]".repeat(100_000));
    scene.edit("nested 100,000 deep", "\"photos\":[]", &abyss, "malformed");
    scene.edit("a fraction", "\"ordinal\":1", "\"ordinal\":1.0", "malformed");
    scene.edit("an exponent", "\"ordinal\":1", "\"ordinal\":1e3", "malformed");
    scene.edit("2^53", "\"ordinal\":1", "\"ordinal\":9007199254740992", "malformed");
    let digits = format!("\"ordinal\":{}", "9".repeat(1_000));
    scene.edit("a number of 1,000 digits", "\"ordinal\":1", &digits, "malformed");
    scene.edit("infinity", "\"ordinal\":1", "\"ordinal\":1e999", "malformed");
    scene.edit("a control character", "\"position\":null", "\"position\":\"a\\u0007b\"", "malformed");
    scene.edit("a null character", "\"position\":null", "\"position\":\"a\\u0000b\"", "malformed");
    scene.edit("half a surrogate pair", "\"position\":null", "\"position\":\"\\ud800\"", "malformed");
    scene.edit("not in form C", "\"position\":null", "\"position\":\"e\\u0301\"", "malformed");
    scene.edit("an id that is none", "\"id\":\"", "\"id\":\"x", "malformed");
    let large = format!("\"position\":\"{}\"", "x".repeat(256 << 10));
    scene.edit("above 256 KiB", "\"position\":null", &large, "too_large");
    scene.settle().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bodies_that_say_what_cannot_be_are_kept_and_delay_nothing() {
    let mut scene = Scene::new().await;
    scene.edit("a kind nobody knows", "\"kind\":\"result.recorded\"", "\"kind\":\"result.guessed\"", "kind_unknown");
    scene.edit("a version nobody knows", "\"v\":1", "\"v\":9", "kind_unknown");
    let not_built = format!("\"kind\":\"{}\"", not_offered());
    scene.edit("a kind that is not built", "\"kind\":\"result.recorded\"", &not_built, "kind_not_supported_yet");
    scene.edit("a text for a number", "\"ordinal\":1", "\"ordinal\":\"1\"", "body_malformed");
    scene.edit("a number for a text", "\"position\":null", "\"position\":7", "body_malformed");
    scene.edit("a negative ordinal", "\"ordinal\":1", "\"ordinal\":-1", "body_malformed");
    scene.edit("an ordinal above 32 bits", "\"ordinal\":1", "\"ordinal\":4294967296", "body_malformed");
    scene.edit("ordinal zero", "\"ordinal\":1", "\"ordinal\":0", "ordinal_invalid");
    scene.edit("an unknown verdict", "\"verdict\":\"conform\"", "\"verdict\":\"maybe\"", "body_malformed");
    scene.edit("a member missing", "\"verdict\":\"conform\",", "", "body_malformed");
    scene.edit("null for a word", "\"verdict\":\"conform\"", "\"verdict\":null", "body_malformed");
    let name = format!("\"position\":\"{}\"", "名".repeat(10_000));
    scene.edit("a name of 10,000 characters", "\"position\":null", &name, "text_too_long");
    let right_to_left = "\"position\":\"cod\\u202egpj.exe\"";
    scene.edit("a right-to-left mark", "\"position\":null", right_to_left, "text_control_character");
    scene.edit("a byte order mark", "\"position\":null", "\"position\":\"a\\ufeffb\"", "text_control_character");
    scene.edit(
        "untestable without a reason",
        "\"verdict\":\"conform\"",
        "\"verdict\":\"untestable\"",
        "untestable_reason_required",
    );
    scene.edit(
        "a value of the wrong form",
        "\"values\":[{",
        "\"values\":[{\"key\":\"nobody_asked\",\"value\":\"1\"},{",
        "value_malformed",
    );
    let subject = scene.work.subject.clone();
    let bad = filled(&scene.issued, Verdict::Conform, Wanted::Bad, None);
    let lenient = ResultRecorded { override_reason: None, proposed: Some(Verdict::Conform), ..bad };
    scene.say(
        "against the values",
        &subject,
        &[],
        &Body::ResultRecorded(Box::new(lenient)),
        "override_reason_required",
    );
    let empty = ResultRecorded { values: Vec::new(), ..answer(&scene.issued, Verdict::Conform) };
    scene.say("said to conform, and empty", &subject, &[], &Body::ResultRecorded(Box::new(empty)), "value_required");
    scene.settle().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn blobs_that_cannot_be_are_told_and_delay_nothing() {
    let mut scene = Scene::new().await;
    let subject = scene.work.subject.clone();
    let (taken, blobs) = photo(90, PhotoRole::Evidence, Some(&scene.issued));
    let body = Body::PhotoTaken(Box::new(taken));
    let mut huge = blobs.clone();
    huge[0].len = (30 << 20) + 1;
    scene.say("31 MiB", &subject, &huge, &body, "blob_too_large");
    scene.say("not announced", &subject, &blobs[..2], &body, "blob_not_announced");
    let mut hidden = blobs.clone();
    hidden[0].role = BlobRole::Preview;
    scene.say("an original under another role", &subject, &hidden, &body, "blob_not_announced");
    let twice = [blobs.clone(), vec![hidden[0].clone()]].concat();
    scene.say("a role that the body does not give", &subject, &twice, &body, "blob_not_named");
    let eight: Vec<BlobRef> = (0..9)
        .map(|n| BlobRef {
            id: firebee_domain::id::ContentId([n; 32]),
            len: 1,
            mime: Mime::Pdf,
            role: BlobRole::Original,
        })
        .collect();
    let line = {
        let (_, line) = scene.device.line(Some(scene.served.firm.project), &subject, &eight[..8], &body);
        let text = String::from_utf8(line).unwrap();
        let ninth = serde_json::to_string(&eight[8]).unwrap();
        text.replacen("\"blobs\":[", &format!("\"blobs\":[{ninth},"), 1)
    };
    scene.raw("nine blobs", line.into_bytes(), "malformed");
    let (_, blobs) = photo(91, PhotoRole::Evidence, Some(&scene.issued));
    let line = {
        let (taken, _) = photo(91, PhotoRole::Evidence, Some(&scene.issued));
        let body = Body::PhotoTaken(Box::new(taken));
        let (_, line) = scene.device.line(Some(scene.served.firm.project), &subject, &blobs, &body);
        String::from_utf8(line).unwrap().replacen("sha256-", "sha256-../", 1)
    };
    scene.raw("a path for a hash", line.into_bytes(), "malformed");
    scene.settle().await;
}

/// Ids of others: another account's fact, a task, plan, item and project that are not one's own or not there.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn foreign_ids_are_kept_under_their_codes_and_touch_nothing_of_others() {
    let mut scene = Scene::new().await;
    let others = scene.served.another_firm().await;
    let (mut stranger, stranger_token) = scene.served.device(&others, others.operators[0], 7).await;
    let theirs = stranger.start_task(&others, &others.items_of(0)[..1], others.assignments[0]);
    taken(&scene.served.push_of(&others, &stranger, &stranger_token).await);

    let me = scene.device.account.to_string();
    scene.edit("another account", &me, &others.operators[0].to_string(), "foreign_account");
    let own = scene.work.task.to_string();
    scene.edit(
        "a task that is not there",
        &format!("\"task\":\"{own}\""),
        &format!("\"task\":\"{}\"", next_id()),
        "task_unknown",
    );
    let line = scene.line();
    let line = line.replace(&scene.served.firm.project.to_string(), &others.project.to_string());
    let line = line
        .replace(&own, &theirs.task.to_string())
        .replace(&scene.served.firm.plan.to_string(), &others.plan.to_string());
    scene.raw("another firm's project and task", line.into_bytes(), "out_of_scope");
    let item = scene.issued.item.to_string();
    scene.edit(
        "an item of the other operator",
        &item,
        &scene.served.firm.items_of(1)[0].item.to_string(),
        "item_not_in_task",
    );
    let discard = Body::TaskDiscarded(TaskDiscarded { reason: "not mine".into() });
    let subject = Subject { task: Some(theirs.task), ..scene.work.subject.clone() };
    scene.say("another firm's task", &subject, &[], &discard, "task_unknown");
    let (store, account) = (scene.served.firm.store.clone(), stranger.account.0);
    let head = async move |tx: &mut Tx| {
        let select = sql!("SELECT feed_head FROM session WHERE account = ?1");
        tx.query_opt(select, &row![&account]).await?.map_or(Ok(-1_i64), |row| row.get(0))
    };
    let before = store.read::<_, StoreError, _>("head", head).await.unwrap();
    let served = scene.settle().await;
    let after = served.firm.store.read::<_, StoreError, _>("head", head).await.unwrap();
    assert_eq!(before, after, "the other firm hears nothing");
    assert!(before > 0, "the other firm has a feed");
}
