//! Who worked and who answers, and what was measured with. No number of a certificate is
//! printed.

use super::Worked;
use crate::{
    office::report::Ground,
    org::Org,
    query::member,
    store::{StoreError, Tx},
    text::Text as T,
    view::Reader,
};
use chrono::NaiveDate;
use firebee_domain::{
    id::AccountId,
    instrument::Instrument,
    personnel::{Certificate, CertificateKind, Person},
    report::{InstrumentLine, PersonLine, ReportKind, Signature},
};
use firebee_protocol::text::{Arg, when::date, word};

/// The people of a report.
pub(super) struct Crew {
    lead: Option<Person>,
    director: Option<Person>,
    executors: Vec<Person>,
    /// The people who were named as helping, with their record where they are on the list.
    helpers: Vec<(String, Option<Person>)>,
}

/// Reads the people of a report.
pub(super) async fn read(tx: &mut Tx, org: Org, ground: &Ground, tasks: &[Worked]) -> Result<Crew, StoreError> {
    let director = match ground.organisation.technical_director {
        Some(account) => person(tx, org, account).await?,
        None => None,
    };
    let mut executors: Vec<Person> = Vec::new();
    let mut helpers: Vec<(String, Option<Person>)> = Vec::new();
    for worked in tasks {
        let task = &worked.whole.document.task;
        if let Some(found) = person(tx, org, task.executor).await?
            && executors.iter().all(|held| held.id != found.id)
        {
            executors.push(found);
        }
        for helper in task.description.iter().flat_map(|held| &held.described.helpers) {
            if helpers.iter().any(|(name, _)| *name == helper.name) {
                continue;
            }
            let found = match helper.person {
                Some(id) => member::person(tx, org, id).await?,
                None => None,
            };
            helpers.push((helper.name.clone(), found));
        }
    }
    Ok(Crew { lead: person(tx, org, ground.site.lead).await?, director, executors, helpers })
}

async fn person(tx: &mut Tx, org: Org, account: AccountId) -> Result<Option<Person>, StoreError> {
    Ok(member::member(tx, org, account).await?.map(|member| member.person))
}

/// Who signs, in the order of signing: the lead writes it, the director checks it. An evaluation is signed by four
/// (XF/T 3005): who carried the item out, the lead, the director, and the legal representative, whom no list here names.
pub(super) fn signatures(reader: Reader<'_>, kind: ReportKind, crew: &Crew) -> Vec<Signature> {
    let signature = |(role, person): (T, Option<&Person>)| Signature {
        role: reader.t(role),
        name: person.map(|person| person.name.clone()).unwrap_or_default(),
        registration: person.map(|person| registration(reader, person)).unwrap_or_default(),
    };
    let (lead, director) = (crew.lead.as_ref(), crew.director.as_ref());
    let all = match kind {
        ReportKind::Evaluation => vec![
            (T::ReportSignItemLead, crew.executors.first()),
            (T::ReportSignProjectLead, lead),
            (T::ReportSignDirector, director),
            (T::ReportSignLegal, None),
        ],
        ReportKind::Month | ReportKind::Quarter | ReportKind::Year | ReportKind::Inspection => {
            vec![(T::ReportSignLead, lead), (T::ReportSignDirector, director)]
        }
    };
    all.into_iter().map(signature).collect()
}

/// The registration as a fire engineer, if the person holds one.
fn registration(reader: Reader<'_>, person: &Person) -> String {
    let held = person.certificates.iter().find(|held| held.kind == CertificateKind::RegisteredEngineer);
    held.map(|held| certificate(reader, held)).unwrap_or_default()
}

/// A certificate in words: kind, level, last day.
fn certificate(reader: Reader<'_>, held: &Certificate) -> String {
    let values = [
        ("kind", Arg::from(word::certificate(reader.language, held.kind))),
        ("level", Arg::from(u32::from(held.level))),
    ];
    let named = reader.say(T::ReportCertificate, &values);
    held.valid_to.map_or_else(
        || named.clone(),
        |day| {
            let values = [("certificate", Arg::from(named.clone())), ("day", Arg::from(date(reader.language, day)))];
            reader.say(T::ReportCertificateUntil, &values)
        },
    )
}

/// Everybody, with what is to be said of their certificates on a day.
pub(super) fn lines(reader: Reader<'_>, crew: &Crew, on: NaiveDate) -> Vec<PersonLine> {
    let line = |role: T, name: &str, person: Option<&Person>| {
        let held = person.map(|person| person.certificates.iter().map(|held| certificate(reader, held)));
        let warnings = person.map(|person| word::expiring(reader.language, name, &person.endings(), on));
        PersonLine {
            name: name.to_owned(),
            role: reader.t(role),
            certificate: word::join(reader.language, held.into_iter().flatten()),
            warning: word::join(reader.language, warnings.unwrap_or_default()),
        }
    };
    let lead = crew.lead.iter().map(|person| line(T::ReportRoleLead, &person.name, Some(person)));
    let director = crew.director.iter().map(|person| line(T::ReportRoleDirector, &person.name, Some(person)));
    let executors = crew.executors.iter().map(|person| line(T::ReportRoleExecutor, &person.name, Some(person)));
    let helpers = crew.helpers.iter().map(|(name, person)| line(T::ReportRoleHelper, name, person.as_ref()));
    lead.chain(director).chain(executors).chain(helpers).collect()
}

/// The instruments that were used, each once, as the firm's list has them where it does.
pub(super) fn instruments(reader: Reader<'_>, tasks: &[Worked], on: NaiveDate) -> Vec<InstrumentLine> {
    let mut used: Vec<Instrument> = Vec::new();
    for worked in tasks {
        let task = &worked.whole.document.task;
        let chosen = task.description.iter().flat_map(|held| &held.described.instruments);
        let measured = task.current_results().filter_map(|held| held.recorded.instrument.as_ref());
        for held in chosen.chain(measured) {
            if used.iter().all(|known| known.number != held.number) {
                let listed = worked.whole.instruments.iter().find(|listed| listed.number == held.number);
                used.push(listed.unwrap_or(held).clone());
            }
        }
    }
    let line = |held: Instrument| InstrumentLine {
        warning: word::instrument_expired(reader.language, &held, on).unwrap_or_default(),
        valid_to: date(reader.language, held.valid_to),
        kind: held.kind,
        number: held.number,
    };
    used.into_iter().map(line).collect()
}
