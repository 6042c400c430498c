//! What was done in a firm before anybody looks: each page has something to show, in the words of its side.

use crate::{asked, world::origin};
use axum::http::StatusCode;
use firebee_domain::{
    catalogue::Nature,
    dispatch::{DispatchFinished, DispatchReceived, DispatchStarted, Outcome},
    evidence::PhotoRole,
    fact::Body,
    id::{DispatchId, PlanId, TaskId},
    restore::Isolable,
    result::Verdict,
    task::WitnessSigned,
};
use firebee_protocol::fact::{BlobRef, BlobRole, Mime, Seen, Subject};
use firebee_server::{
    accept::push,
    device::Sender,
    office::plan::{Create, create},
    row, sql,
    store::{StoreError, Tx},
};
use firebee_tests::{
    browse::{Browser, Page},
    device::{Sign, Work},
    firm::Issued,
    office::Office,
    pdf::pdf,
    picture::jpeg,
    visit::{Visit, said},
};

/// A file that is a paper by its first bytes.
pub(super) const PDF: &[u8] = b"%PDF-1.7\na paper";
const ARCHIVE: &[u8] = b"PK\x03\x04 papers";

/// Everything of a firm.
pub(super) async fn office(office: &Office, side: &str) {
    let wang = Browser::of(office, &format!("{side}-wang")).await;
    let first = view(office, 0, [("li", "li"), ("ma", "ma"), ("chen", "chen")]);
    let second = view(office, 1, [("li", "sun"), ("ma", "bai"), ("chen", "du")]);
    programs(&wang, side).await;
    for (view, kind, lead, phone) in [(&first, "one", "li", 1), (&second, "two", "sun", 11)] {
        let lead = Browser::of(office, &format!("{side}-{lead}")).await;
        let word = format!("{side}{kind}");
        papers(view, &wang, &word).await;
        let plan = month(view, &lead, &word, phone).await;
        quarter(view, (&lead, &wang), &word, phone + 4).await;
        if kind == "two" {
            become_special(view).await;
        }
        report(&lead, plan, &word).await;
        asked::view(&lead, &word).await;
    }
    let zhao = Browser::of(office, &format!("{side}-zhao")).await;
    file(&zhao, side).await;
    firm_papers(&wang, side).await;
}

/// The same firm, seen from one of its projects: its lead is `li`, and its operators are `ma` and `chen`.
fn view(office: &Office, project: usize, people: [(&str, &str); 3]) -> Office {
    let mut view = Office {
        app: office.app.clone(),
        router: office.router.clone(),
        clock: office.clock.clone(),
        org: office.org,
        people: office.people.clone(),
        projects: vec![office.projects[project]],
        folder: tempfile::tempdir().unwrap(),
    };
    for (name, is) in people {
        view.people.insert(name.to_owned(), office.account(is));
    }
    view
}

/// The form of a page, filled in; it must be taken.
pub(super) async fn sent(by: &Browser, page: &str, action: &str, fields: &[(&str, &str)], files: &[&[u8]]) -> Page {
    let shown = by.get(page).await;
    assert_eq!(shown.status, StatusCode::OK, "{page}: {}", shown.text());
    let done = match files {
        [] => by.submit(&shown, action, fields).await,
        files => by.submit_files(&shown, action, fields, files).await,
    };
    assert!(done.status == StatusCode::SEE_OTHER || done.status == StatusCode::OK, "{action}: {}", done.text());
    done
}

/// What follows a word on a page, up to the next quote.
fn after(page: &Page, before: &str) -> String {
    let html = page.html();
    let rest = html.split(before).nth(1).unwrap_or_else(|| panic!("{before}: {}", page.text()));
    rest.split('"').next().unwrap().to_owned()
}

/// What the office keeps of a project: a paper of its contract, a month that is asked off, the list of a facility.
async fn papers(view: &Office, wang: &Browser, word: &str) {
    let project = format!("/projects/{}", view.project());
    let contract = format!("/contracts/{}", origin(view, 0).await.1);
    let name = format!("{word}维保合同");
    let paper = [PDF, word.as_bytes()].concat();
    sent(wang, &format!("{contract}/edit"), &contract, &[("name", &name)], &[&paper]).await;
    let pauses = format!("{project}/pauses");
    let reason = format!("{word}停业");
    sent(wang, &pauses, &pauses, &[("month", "2026-02"), ("reason", &reason)], &[&paper]).await;
    let panel = format!("{project}/facilities/power-panel");
    let list = format!("{word}一层\tQR-{word}\r\n");
    sent(wang, &panel, &format!("{panel}/positions"), &[("list", &list)], &[]).await;
    sent(wang, &project, &format!("{project}/witness"), &[], &[]).await;
    asked::events(view, word).await;
    asked::petition(wang, view.project(), word).await;
}

/// What the firm's programs are given, before anything happens that a webhook is told of.
async fn programs(wang: &Browser, side: &str) {
    let number = format!("{side}firm-02");
    let fields = [("name", number.as_str()), ("read_tasks", "yes"), ("days", "30")];
    sent(wang, "/programs", "/programs", &fields, &[]).await;
    let address = format!("https://erp.example/{number}");
    let fields =
        [("name", number.as_str()), ("address", address.as_str()), ("scheme", "ed25519"), ("task.submitted", "yes")];
    sent(wang, "/webhooks", "/webhooks", &fields, &[]).await;
    let address = format!("https://open.feishu.cn/open-apis/bot/v2/hook/{number}");
    let fields = [("name", number.as_str()), ("platform", "feishu"), ("address", address.as_str()), ("secret", "")];
    sent(wang, "/robots", "/robots", &fields, &[]).await;
}

/// What the whole firm keeps: an instrument, and changes of people, one drawn up and one sent.
async fn firm_papers(wang: &Browser, side: &str) {
    let number = format!("{side}firm-01");
    let fields =
        [("number", number.as_str()), ("kind", "声级计"), ("calibrated", "2026-01-05"), ("valid_to", "2027-01-04")];
    sent(wang, "/instruments", "/instruments/keep", &fields, &[]).await;
    let new = "/personnel-changes/new/add_operator";
    for (at, identity) in ["630102199001010013", "630102199102020026"].into_iter().enumerate() {
        let (name, number) = (format!("{side}firm周强{at}"), format!("{side}firm-OP"));
        let fields = [
            ("name", name.as_str()),
            ("identity", identity),
            ("phone", "13900000031"),
            ("held", "facility_operator_cert"),
            ("level", "4"),
            ("number", number.as_str()),
            ("reason", "新入职"),
        ];
        let drawn = sent(wang, new, new, &fields, &[]).await;
        let address = drawn.location().split('?').next().unwrap().to_owned();
        if at == 0 {
            let papers = [("papers", "identity"), ("papers", "certificate"), ("papers", "contract")];
            sent(wang, &address, &format!("{address}/send"), &papers, &[PDF, ARCHIVE]).await;
        }
    }
    asked::tables(wang, side).await;
}

/// A month's plan: tested, witnessed, and approved with a paper.
async fn month(view: &Office, lead: &Browser, word: &str, phone: u8) -> PlanId {
    let plan = view.plan().await;
    let items = view.items(plan).await;
    let (mine, single) = (&items[1..], &items[..1]);
    view.issue(plan, mine, "ma").await;
    view.issue(plan, single, "chen").await;
    let mut visit = Visit::begin(view.firm(plan).await, view.account("ma"), phone).await;
    let mut work = visit.start(mine, 0);
    visit.result(&mut work, 3, said(&mine[0], Verdict::Nonconform, &format!("{word}机房"), &format!("{word}不亮")));
    visit.photo(&mut work, PhotoRole::Evidence, Some(&mine[0]), &picture(&visit, 1));
    for item in &mine[1..] {
        visit.result(&mut work, 3, said(item, Verdict::Conform, &format!("{word}配电室"), ""));
    }
    visit.serve(&mut work, Isolable::FireAlarm, &picture(&visit, 2));
    whole(&mut visit, view, &mut work, word).await;
    let alone = one(view, plan, &single[0], word, phone + 1).await;
    let path = format!("/tasks/{}", work.task);
    let fault = after(&lead.get(&path).await, "id=\"fault-");
    let explained = format!("{word}明年更换");
    let way = [("way", "owner_refused"), ("explanation", explained.as_str())];
    let refusal = [PDF, word.as_bytes(), b"refused"].concat();
    sent(lead, &path, &format!("{path}/faults/{fault}"), &way, &[&refusal]).await;
    for task in [work.task, alone] {
        let (path, opinion) = (format!("/tasks/{task}"), format!("{word}同意"));
        let paper = [PDF, word.as_bytes(), task.to_string().as_bytes()].concat();
        let decided = [("decision", "approved"), ("opinion", opinion.as_str())];
        sent(lead, &path, &format!("{path}/review"), &decided, &[&paper]).await;
    }
    plan
}

/// From now on the project is a special site, whose report is uploaded.
async fn become_special(view: &Office) {
    let (org, project) = (view.org, view.project());
    let job = async move |tx: &mut Tx| {
        let set = sql!("UPDATE project SET body = replace(body, ?3, ?4) WHERE org = ?1 AND id = ?2");
        let (from, to) = ("\"special_site\":false", "\"special_site\":true");
        tx.execute(set, &row![org, &project, from, to]).await
    };
    let set: Result<u64, StoreError> = view.app.store.write("become_special", job).await;
    assert_eq!(set.unwrap(), 1);
}

/// Describes a task, walks, lets the owner sign, hands it in and sends everything.
async fn whole(visit: &mut Visit, view: &Office, work: &mut Work, word: &str) {
    visit.photo(work, PhotoRole::Selfie, None, &picture(visit, 3));
    visit.describe(work);
    visit.walk(work, 36_617_000, 101_778_000);
    sign(visit, work, word);
    visit.submit(work);
    visit.push().await;
    visit.send_blobs(view, 0).await;
}

/// A picture that no other phone has: who names the bytes of somebody else shows nothing by that.
fn picture(visit: &Visit, at: u32) -> Vec<u8> {
    let phone = visit.device.store_id.to_string();
    jpeg(phone.bytes().fold(at, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into())), 0)
}

/// The owner's witness signs.
fn sign(visit: &mut Visit, work: &mut Work, word: &str) {
    let kept = visit.attach(&picture(visit, 4));
    let blob = BlobRef { id: kept.id, len: kept.len, mime: Mime::Jpeg, role: BlobRole::Signature };
    let signed = WitnessSigned { name: format!("{word}见证人"), role: format!("{word}主管"), signature: kept.id };
    let fact = visit.device.record(visit.firm.project, &work.subject, &[blob], &Body::WitnessSigned(signed));
    work.manifest.witness = Some(fact);
}

/// One item, tested by the second operator and handed in.
async fn one(view: &Office, plan: PlanId, item: &Issued, word: &str, phone: u8) -> TaskId {
    let mut visit = Visit::begin(view.firm(plan).await, view.account("chen"), phone).await;
    let mut work = visit.start(std::slice::from_ref(item), 1);
    visit.result(&mut work, 3, said(item, Verdict::Conform, &format!("{word}控制室"), ""));
    visit.photo(&mut work, PhotoRole::Evidence, None, &picture(&visit, 5));
    whole(&mut visit, view, &mut work, word).await;
    work.task
}

/// The report of a plan, with a copy that came back and a hand-out.
async fn report(lead: &Browser, plan: PlanId, word: &str) {
    let action = format!("/plans/{plan}/report");
    let page = lead.get(&action).await;
    let mut fields = vec![("code", format!("{word}-R1"))];
    for name in ["report_date", "from", "to"] {
        let proposed = after(&page, &format!("name=\"{name}\""));
        assert!(!proposed.is_empty());
        let html = page.html();
        let value = html.split(&format!("name=\"{name}\"")).nth(1).unwrap().split("value=\"").nth(1).unwrap();
        fields.push((name, value.split('"').next().unwrap().to_owned()));
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let text = pdf(1);
    let files: &[&[u8]] = if page.takes_files(&action) { &[&text] } else { &[] };
    let done = sent(lead, &action, &action, &fields, files).await;
    let path = done.location().split('?').next().unwrap().to_owned();
    sent(lead, &path, &format!("{path}/copies"), &[], &[&jpeg(203, 0)]).await;
    let to = format!("{word}物业部");
    sent(lead, &path, &format!("{path}/hand-out"), &[("copies", "1"), ("to", &to)], &[]).await;
}

/// The director files the report of the first project.
async fn file(zhao: &Browser, side: &str) {
    let list = zhao.get("/reports/to-file").await;
    let one = list.html().split("<tr>").find(|row| row.contains(&format!("{side}one-R1"))).map(str::to_owned);
    let one = one.unwrap_or_else(|| list.html());
    let id = one.split("/reports/").find(|rest| rest.starts_with(|letter: char| letter.is_ascii_hexdigit()));
    let path = format!("/reports/{}", id.unwrap().split(['"', '?', '/']).next().unwrap());
    let opinion = format!("{side}firm同意备案");
    sent(zhao, &path, &format!("{path}/file"), &[("opinion", &opinion)], &[]).await;
}

/// A quarter's plan under way: a task that waits for its review with a fault, a dispatch that was carried out, and a phone
/// that was freed and still sends.
async fn quarter(view: &Office, (lead, wang): (&Browser, &Browser), word: &str, phone: u8) {
    let wanted = Create { project: view.project(), nature: Nature::Quarter, month: "2026-11".parse().unwrap() };
    let plan = create(&view.app.store, &view.app.clock, view.act("li").await, wanted).await.unwrap();
    let items = view.items(plan).await;
    view.issue(plan, &items[..2], "ma").await;
    view.issue(plan, &items[2..4], "chen").await;
    let mut visit = Visit::begin(view.firm(plan).await, view.account("ma"), phone).await;
    let mut work = visit.start(&items[..2], 0);
    visit.result(&mut work, 3, said(&items[0], Verdict::Nonconform, &format!("{word}地下"), &format!("{word}漏水")));
    visit.photo(&mut work, PhotoRole::Evidence, Some(&items[0]), &picture(&visit, 6));
    visit.result(&mut work, 3, said(&items[1], Verdict::Conform, &format!("{word}地上"), ""));
    whole(&mut visit, view, &mut work, word).await;
    dispatched(view, lead, &mut visit, work.task).await;

    let mut lost = Visit::begin(view.firm(plan).await, view.account("chen"), phone + 1).await;
    let mut running = lost.start(&items[2..4], 1);
    lost.push().await;
    let free = format!("/staff/{}/phone", view.account("chen"));
    let reason = format!("{word}手机丢了");
    sent(wang, "/staff", &free, &[("reason", &reason)], &[]).await;
    let sent = lost.device.head();
    lost.result(&mut running, 3, said(&items[2], Verdict::Conform, &format!("{word}楼梯"), ""));
    let sender = Sender { late: true, ..lost.device.sender() };
    let head = lost.device.head();
    let rest = lost.device.request(sent + 1, head, Sign::Right);
    let late = push(&lost.firm.store, &lost.firm.keys, &sender, &rest, &view.app.clock).await.unwrap();
    assert!(!late.reply.results.is_empty(), "what comes late waits for a decision");
}

/// Somebody is sent to a fault, goes, and brings a picture.
async fn dispatched(view: &Office, lead: &Browser, visit: &mut Visit, task: TaskId) {
    let path = format!("/tasks/{task}");
    let fault = after(&lead.get(&path).await, "id=\"fault-");
    let ma = view.account("ma").to_string();
    sent(lead, &path, &format!("{path}/faults/{fault}"), &[("way", "troubleshoot"), ("team_lead", &ma)], &[]).await;
    let dispatch = after(&lead.get(&format!("/faults/{fault}")).await, "/dispatches/");
    let path = format!("/dispatches/{dispatch}");
    sent(lead, &path, &format!("{path}/issue"), &[], &[]).await;
    let dispatch: DispatchId = dispatch.parse().unwrap();
    let subject = Subject { plan: None, task: Some(task), seen: Some(Seen { doc: dispatch.to_string(), rev: 1 }) };
    let photo = visit.attach(&picture(visit, 7));
    let finished = DispatchFinished {
        dispatch,
        outcome: Outcome::Unresolved,
        details: "电池老化".to_owned(),
        attachments: vec![photo.id],
    };
    let steps: [(&[BlobRef], Body); 3] = [
        (&[], DispatchReceived { dispatch }.into()),
        (&[], DispatchStarted { dispatch }.into()),
        (std::slice::from_ref(&photo), finished.into()),
    ];
    for (blobs, body) in steps {
        visit.wait(1);
        visit.device.record(visit.firm.project, &subject, blobs, &body);
        visit.push().await;
    }
    visit.send_blobs(view, 0).await;
}

/// An application of a firm that the first corps opened, filled in. Returns the address of its link.
pub(super) async fn application(office: &Office, hu: &Browser, handed_in: bool) -> String {
    let page = hu.get("/applications").await;
    let shown = hu.submit(&page, "/applications", &[("name", "jiafirm长安")]).await;
    let html = shown.html();
    let link = html.split("<code>").nth(1).unwrap().split('<').next().unwrap();
    let link = format!("/apply/{}", link.split_once("/apply/").unwrap().1);
    let firm = Browser::new(office);
    let annex: [(&str, &str); 14] = [
        ("name", "jiafirm长安消防"),
        ("service", "maintenance_inspection"),
        ("uscc", "91630100MA7G000018"),
        ("registration", "jiafirm-077"),
        ("legal_representative", "jiafirm赵"),
        ("legal_phone", "13911110001"),
        ("director", "jiafirm钱"),
        ("director_phone", "13911110002"),
        ("service_phone", "0971-8880001"),
        ("email", "office@jiafirm.example"),
        ("fax", "0971-8880002"),
        ("address", "jiafirm路1号"),
        ("contact", "jiafirm孙"),
        ("contact_phone", "13911110003"),
    ];
    sent(&firm, &format!("{link}/annex"), &format!("{link}/annex"), &annex, &[]).await;
    let engineer = [
        ("name", "jiafirm李"),
        ("identity", "630102199102020026"),
        ("phone", "13911110004"),
        ("held", "registered_engineer"),
        ("level", "1"),
        ("number", "jiafirm-RE"),
        ("from", "2026-01-01"),
        ("to", "2028-12-31"),
        ("issued", "2025-12-20"),
    ];
    let engineers = format!("{link}/people/engineers");
    sent(&firm, &engineers, &engineers, &engineer, &[]).await;
    let operator = [
        ("name", "jiafirm马"),
        ("identity", "630102198503030036"),
        ("phone", "13911110005"),
        ("held", "facility_operator_cert"),
        ("level", "4"),
        ("number", "jiafirm-OP"),
    ];
    let operators = format!("{link}/people/operators");
    sent(&firm, &operators, &operators, &operator, &[]).await;
    for (document, extra) in [("firm", b"1"), ("engineers", b"2"), ("operators", b"3"), ("undertaking", b"4")] {
        let path = format!("{link}/documents/{document}");
        sent(&firm, &path, &path, &[], &[&[PDF, extra].concat()]).await;
    }
    if handed_in {
        sent(&firm, &link, &format!("{link}/submit"), &[], &[]).await;
    }
    link
}
