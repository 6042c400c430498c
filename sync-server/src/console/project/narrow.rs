//! What narrows a list of projects. The list of projects and the ledger ask the same.

use crate::{
    console::{
        list::{Answer, Asked, Facet, Form},
        visitor::Visitor,
    },
    query::{
        page::Wanted,
        project::{Filter, Known, ProjectSort},
    },
    text::Text as T,
};
use firebee_domain::{
    contract::ContractKind,
    id::{AccountId, RegulatorUnitId},
};
use firebee_protocol::text::word;
use strum::VariantArray as _;

/// The names of the filters of a list in an address: its own, and those that narrow every list of projects.
macro_rules! filters {
    ($($own:literal),*) => {
        &[
            $($own,)* "kind", "unit", "lead", "city", "type", "special", "signed_from", "signed_to", "ends_from",
            "ends_to", "owner", "contract",
        ]
    };
}
pub(in crate::console) use filters;

/// What an address asks of the projects. `wanted` and the state are the list's own.
pub(in crate::console) fn filter(asked: &Asked, wanted: Wanted<ProjectSort>) -> Filter {
    Filter {
        status: None,
        kind: asked.get("kind").parse().ok(),
        unit: asked.get("unit").parse().ok(),
        city: asked.word("city"),
        unit_type: asked.word("type"),
        special: match asked.get("special") {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
        signed: (asked.day("signed_from"), asked.day("signed_to")),
        ends: (asked.day("ends_from"), asked.day("ends_to")),
        owner: asked.get("owner").parse().ok(),
        contract: asked.get("contract").parse().ok(),
        lead: asked.get("lead").parse().ok(),
        wanted,
    }
}

/// The fields that offer it. `only` are the names of the owner and of the contract that the address shows alone.
pub(in crate::console) fn facets(
    visitor: &Visitor,
    asked: &Asked,
    known: Known,
    only: (Option<String>, Option<String>),
) -> Vec<Facet> {
    let kind = |kind: &ContractKind| Answer {
        value: <&str>::from(kind).to_owned(),
        word: word::contract(visitor.language, *kind),
        count: None,
        data: false,
    };
    let unit =
        |(id, name): (RegulatorUnitId, String)| Answer { value: id.to_string(), word: name, count: None, data: true };
    let lead = |(id, name): (AccountId, String)| Answer { value: id.to_string(), word: name, count: None, data: true };
    let special = |(value, text): (&str, T)| Answer {
        value: value.to_owned(),
        word: visitor.reader().t(text),
        count: None,
        data: false,
    };
    let field = |name, title, answers, form| Facet { name, title, every: Some(T::ListEvery), answers, form };
    let chosen = [
        field("kind", T::ContractKind, ContractKind::VARIANTS.iter().map(kind).collect(), Form::Pick),
        field("unit", T::ProjectJurisdiction, known.units.into_iter().map(unit).collect(), Form::Pick),
        field("lead", T::PartLead, known.leads.into_iter().map(lead).collect(), Form::More),
        Facet::words("city", T::OwnerCity, &known.cities),
        Facet::words("type", T::ProjectUnitType, &known.unit_types),
        field(
            "special",
            T::ProjectSpecial,
            [("yes", T::ProjectSpecialYes), ("no", T::ProjectSpecialNo)].into_iter().map(special).collect(),
            Form::More,
        ),
        Facet::day("signed_from", T::ProjectSignedFrom),
        Facet::day("signed_to", T::ProjectSignedTo),
        Facet::day("ends_from", T::ProjectEndsFrom),
        Facet::day("ends_to", T::ProjectEndsTo),
    ];
    let (owner, contract) = only;
    let only =
        [Facet::only("owner", T::PartOwner, asked, owner), Facet::only("contract", T::ContractTitle, asked, contract)];
    chosen.into_iter().chain(only.into_iter().flatten()).collect()
}
