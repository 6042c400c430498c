//! The text of a contract, by its kind, filled from what is stored. The sentences are a template of the platform.

use crate::{
    text::Text as T,
    view::{Reader, project::facilities},
};
use chrono::NaiveDate;
use firebee_domain::{
    building::Building,
    catalogue::Catalogue,
    contract::{Contract, ContractKind},
    measure::Decimal,
    organisation::{CreditCode, Organisation, Profile},
    owner::Owner,
    project::{Particulars, Project},
    report::{AGREEMENT_EDITION, Agreement, Article, Named, Party},
};
use firebee_protocol::text::{Arg, when::date, word};

/// What a text is made of.
#[derive(Clone, Debug)]
pub struct Ground {
    /// The contract.
    pub contract: Contract,
    /// Its owner.
    pub owner: Owner,
    /// The firm.
    pub organisation: Organisation,
    /// Its projects, each with what the office keeps of it.
    pub projects: Vec<(Project, Particulars)>,
}

/// The text, in the language of the reader.
#[must_use]
pub fn text(reader: Reader<'_>, ground: &Ground, catalogue: &Catalogue, printed_on: NaiveDate) -> Agreement {
    let articles = articles(reader, ground, catalogue);
    Agreement {
        edition: AGREEMENT_EDITION,
        title: reader.t(title(ground.contract.kind)),
        name: ground.contract.name.clone(),
        organisation: ground.organisation.name.clone(),
        printed_on,
        parties: parties(reader, ground),
        opening: reader.t(T::ContractTextOpening),
        articles: (1..).zip(articles).map(|(number, article)| numbered(reader, number, article)).collect(),
        signing: [T::ContractTextSeal, T::ContractTextSignature, T::ContractTextDay].map(|text| reader.t(text)).into(),
    }
}

/// What a contract of a kind is called.
const fn title(kind: ContractKind) -> T {
    match kind {
        ContractKind::Maintenance => T::ContractTextMaintenance,
        ContractKind::CompletionInspection => T::ContractTextCompletion,
        ContractKind::AnnualInspection => T::ContractTextAnnual,
        ContractKind::SpecialInspection => T::ContractTextSpecial,
        ContractKind::SafetyEvaluation => T::ContractTextEvaluation,
    }
}

/// The owner and the firm. What nobody has entered is filled in by hand.
fn parties(reader: Reader<'_>, ground: &Ground) -> Vec<Party> {
    let named = |name: T, value: &str| Named { name: reader.t(name), value: value.to_owned() };
    let Ground { owner, organisation, .. } = ground;
    let address = if owner.address.starts_with(&owner.city) {
        owner.address.clone()
    } else {
        format!("{}{}", owner.city, owner.address)
    };
    let profile = organisation.profile.as_ref();
    let of_profile = |of: fn(&Profile) -> &str| profile.map_or("", of);
    // The owner's own data stand on its projects; the first that has one says it.
    let of_project = |of: fn(&Particulars) -> String| {
        ground.projects.iter().map(|(_, kept)| of(kept)).find(|value| !value.is_empty()).unwrap_or_default()
    };
    let credit = of_project(|kept| match &kept.credit_code {
        Some(CreditCode::Code(code)) => code.clone(),
        Some(CreditCode::NoCode) | None => String::new(),
    });
    let first = Party {
        role: reader.t(T::ContractTextFirst),
        name: owner.name.clone(),
        about: vec![
            named(T::ContractTextCredit, &credit),
            named(T::ContractTextAddress, &address),
            named(T::ContractTextResponsible, &of_project(|kept| kept.responsible_person.clone())),
            named(T::ContractTextManager, &of_project(|kept| kept.safety_manager.clone())),
            named(T::ContractTextPhone, &of_project(|kept| kept.control_room_phone.clone())),
        ],
    };
    let second = Party {
        role: reader.t(T::ContractTextSecond),
        name: organisation.name.clone(),
        about: vec![
            named(T::ContractTextCredit, &organisation.uscc),
            named(T::ContractTextAddress, of_profile(|of| &of.address)),
            named(T::ContractTextLegal, of_profile(|of| &of.legal_representative)),
            named(T::ContractTextPhone, of_profile(|of| &of.service_phone)),
        ],
    };
    vec![first, second]
}

/// An article without numbers.
struct Draft {
    title: T,
    clauses: Vec<String>,
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

fn plain(title: T, clauses: Vec<String>) -> Draft {
    Draft { title, clauses, columns: Vec::new(), rows: Vec::new() }
}

fn numbered(reader: Reader<'_>, number: usize, draft: Draft) -> Article {
    let title = reader.t(draft.title);
    let clauses = (1_usize..).zip(draft.clauses).map(|(at, words)| format!("{number}.{at} {words}"));
    Article {
        title: reader.say(T::ContractTextArticle, &[("number", Arg::from(number)), ("title", Arg::from(title))]),
        clauses: clauses.collect(),
        columns: draft.columns,
        rows: draft.rows,
    }
}

fn articles(reader: Reader<'_>, ground: &Ground, catalogue: &Catalogue) -> Vec<Draft> {
    let all = |texts: &[T]| texts.iter().map(|text| reader.t(*text)).collect::<Vec<_>>();
    let contract = &ground.contract;
    let day = |day| Arg::from(date(reader.language, day));
    let term = [("from", day(contract.sign_date)), ("to", day(contract.end_date))];
    vec![
        scope(reader, ground, catalogue),
        plain(T::ContractTextTerm, vec![reader.say(T::ContractTextTermIs, &term)]),
        plain(T::ContractTextWork, all(work(contract.kind))),
        plain(
            T::ContractTextFirstDuties,
            all(&[
                T::ContractTextFirstPapers,
                T::ContractTextFirstAccess,
                T::ContractTextFirstFaults,
                T::ContractTextFirstTruth,
            ]),
        ),
        plain(
            T::ContractTextSecondDuties,
            all(&[
                T::ContractTextSecondPeople,
                T::ContractTextSecondSafety,
                T::ContractTextSecondSelf,
                T::ContractTextSecondTruth,
                T::ContractTextSecondSecret,
            ]),
        ),
        plain(T::ContractTextCost, cost(reader, ground)),
        plain(
            T::ContractTextBreach,
            all(&[T::ContractTextBreachPay, T::ContractTextBreachWork, T::ContractTextBreachLoss]),
        ),
        plain(
            T::ContractTextOther,
            all(&[T::ContractTextOtherChange, T::ContractTextOtherDispute, T::ContractTextOtherCopies]),
        ),
    ]
}

/// What is served: each project with its buildings and its facilities.
fn scope(reader: Reader<'_>, ground: &Ground, catalogue: &Catalogue) -> Draft {
    let kind = word::contract(reader.language, ground.contract.kind);
    let mut clauses = vec![reader.say(T::ContractTextScopeIs, &[("kind", Arg::from(kind))])];
    if ground.projects.is_empty() {
        clauses.push(reader.t(T::ContractTextScopeOpen));
    }
    clauses.push(reader.t(T::ContractTextScopeOnly));
    let columns = [
        T::PartProject,
        T::ContractTextAddress,
        T::ContractTextBuildings,
        T::ContractTextFacilities,
        T::ContractTextProjectPrice,
    ];
    let columns = if ground.projects.is_empty() { Vec::new() } else { columns.map(|text| reader.t(text)).into() };
    let row = |(project, kept): &(Project, Particulars)| {
        let building = |building: &Building| {
            let values = [("name", Arg::from(&building.name)), ("area", Arg::from(building.area_m2.to_string()))];
            reader.say(T::ContractTextBuilding, &values)
        };
        let facilities = facilities(reader.language, project, catalogue).into_iter().map(|(_, name)| name);
        vec![
            project.name.clone(),
            project.address.clone(),
            word::join(reader.language, project.buildings.iter().map(building)),
            word::join(reader.language, facilities),
            kept.price_yuan.map(|price| yuan(reader, price)).unwrap_or_default(),
        ]
    };
    Draft { title: T::ContractTextScope, clauses, columns, rows: ground.projects.iter().map(row).collect() }
}

/// What the firm does, by the kind.
const fn work(kind: ContractKind) -> &'static [T] {
    match kind {
        ContractKind::Maintenance => &[
            T::ContractTextMaintainTest,
            T::ContractTextMaintainRecord,
            T::ContractTextMaintainReport,
            T::ContractTextMaintainRepair,
        ],
        ContractKind::CompletionInspection | ContractKind::AnnualInspection | ContractKind::SpecialInspection => {
            &[T::ContractTextInspectTest, T::ContractTextInspectTools, T::ContractTextInspectReport]
        }
        ContractKind::SafetyEvaluation => {
            &[T::ContractTextEvaluateLook, T::ContractTextEvaluatePeople, T::ContractTextEvaluateReport]
        }
    }
}

/// The sum of the projects' prices where each has one, or a line to fill in; how it is paid is agreed by hand.
fn cost(reader: Reader<'_>, ground: &Ground) -> Vec<String> {
    let prices: Option<Vec<Decimal>> = ground.projects.iter().map(|(_, kept)| kept.price_yuan).collect();
    let price = match prices.filter(|prices| !prices.is_empty()) {
        Some(prices) => {
            let price = yuan(reader, prices.into_iter().sum());
            reader.say(T::ContractTextPrice, &[("price", Arg::from(price))])
        }
        None => reader.t(T::ContractTextPriceOpen),
    };
    let more = match ground.contract.kind {
        ContractKind::Maintenance => T::ContractTextCostParts,
        _ => T::ContractTextCostMore,
    };
    vec![price, reader.t(T::ContractTextPayment), reader.t(more), reader.t(T::ContractTextInvoice)]
}

/// An amount of money.
fn yuan(reader: Reader<'_>, price: Decimal) -> String {
    reader.say(T::ContractYuan, &[("price", Arg::from(price.padded(2).to_string()))])
}
