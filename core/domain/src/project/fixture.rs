//! A project for tests: signed 2020-01-21, ending 2021-01-20, first month February, ready to issue.

use super::{FirstMonth, KeyUnit, Project};
use crate::{
    building::tests::building,
    contract::ContractKind,
    geofence::{Datum, Location, Position},
    id::{AccountId, ContractId, OrganisationId, OwnerId, ProjectId, RegulatorUnitId},
    personnel::tests::day,
};
use uuid::Uuid;

pub(crate) fn project() -> Project {
    Project {
        id: ProjectId(Uuid::from_u128(10)),
        organisation: OrganisationId(Uuid::from_u128(1)),
        contract: ContractId(Uuid::from_u128(2)),
        kind: ContractKind::Maintenance,
        special_site: false,
        owner: OwnerId(Uuid::from_u128(3)),
        name: "中仪大厦".into(),
        city: "西宁市".into(),
        address: "城中区长江路10号".into(),
        lead: Some(AccountId(Uuid::from_u128(40))),
        location: Some(Location::new(Datum::Gcj02, Position::new(36_617_000, 101_778_000).unwrap())),
        fence_radius_m: None,
        further_fences: Vec::new(),
        buildings: vec![building()],
        facilities: vec!["power-panel".into()],
        jurisdiction: Some(RegulatorUnitId(Uuid::from_u128(5))),
        key_unit: Some(KeyUnit::NoMatch),
        sign_date: day("2020-01-21"),
        end_date: day("2021-01-20"),
        first_month: Some(FirstMonth::NextMonth),
        termination: None,
        design_values: vec![],
        training: false,
        witness_since: None,
    }
}
