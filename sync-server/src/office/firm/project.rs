//! Projects of a firm's file.

use super::{
    check::{Checking, NAME_MAX},
    file::{BuildingFile, LocationFile, ProjectFile, element},
};
use firebee_domain::{
    account::{Login, Role},
    building::Building,
    code::Code,
    contract::Contract,
    geofence::{Geofence, Location, Position},
    id::{AccountId, BuildingId, ProjectId, RegulatorUnitId},
    measure::Decimal,
    organisation::{RegulatorLevel, RegulatorUnit},
    project::{DesignValue, KeyUnit, PROJECT_TEXT_LENGTH_MAX, Project, needs_first_month_choice, put_building, tick},
};
use serde_json::Value;
use uuid::Uuid;

/// The namespace that turns unit names into ids, so that two firms get the same id for the same unit.
const UNITS: Uuid = Uuid::from_u128(0x8f6b_55b1_6d0e_4c39_9c5e_20a6_1d27_b3f4);

impl Checking<'_> {
    pub(super) fn project(&mut self, path: &str, contract: &Contract, value: Value) {
        let Some(file) = element::<ProjectFile>(&mut self.errors, path, value) else { return };
        let lead = self.lead(path, &file.lead);
        let radius_m = file.fence_radius_m.unwrap_or(self.ground.fence_radius_m);
        let location = self.location(path, &file, radius_m);
        let first_month = needs_first_month_choice(contract.sign_date, file.first_month);
        self.errors.take(format!("{path}.first_month"), first_month);
        let project = Project {
            id: ProjectId((self.ground.id)()),
            organisation: contract.organisation,
            contract: contract.id,
            kind: contract.kind,
            special_site: file.special_site,
            owner: contract.owner,
            name: self.text(format!("{path}.name"), &file.name, PROJECT_TEXT_LENGTH_MAX),
            city: self.text(format!("{path}.city"), &file.city, PROJECT_TEXT_LENGTH_MAX),
            address: self.text(format!("{path}.address"), &file.address, PROJECT_TEXT_LENGTH_MAX),
            lead,
            location,
            fence_radius_m: Some(radius_m),
            further_fences: Vec::new(),
            buildings: Vec::new(),
            facilities: Vec::new(),
            jurisdiction: file.jurisdiction.as_ref().and_then(|unit| {
                let name = self.text(format!("{path}.jurisdiction.name"), &unit.name, NAME_MAX);
                (!name.is_empty()).then(|| self.unit(name, unit.level))
            }),
            key_unit: file.key_unit.as_ref().map(|name| match name.trim() {
                "" => KeyUnit::NoMatch,
                _ => KeyUnit::Listed(self.text(format!("{path}.key_unit"), name, NAME_MAX)),
            }),
            sign_date: contract.sign_date,
            end_date: contract.end_date,
            first_month: file.first_month,
            termination: None,
            design_values: self.design_values(path, &file),
            witness_since: None,
        };
        let project = self.buildings(path, project, file.buildings);
        let project = self.facilities(path, project, &file.systems, file.facilities);
        self.draft.projects.push(project);
    }

    /// an open account of category project lead.
    fn lead(&mut self, path: &str, login: &str) -> Option<AccountId> {
        let wanted = Login::new(login).ok();
        let found = self.draft.accounts.iter().find(|(account, _)| wanted.as_ref() == Some(account.login()));
        let lead = found.filter(|(account, _)| account.role == Role::ProjectLead && account.enabled);
        // An account that has an error of its own is told once.
        let is_told = self.broken.contains(&login.split_whitespace().collect::<String>());
        if lead.is_none() && !is_told {
            self.errors.add(format!("{path}.lead"), Code::LeadNotAllowed, login);
        }
        lead.map(|(account, _)| account.id)
    }

    fn location(&mut self, path: &str, file: &ProjectFile, radius_m: u32) -> Option<Location> {
        let LocationFile { datum, lat, lon } = file.location.as_ref()?;
        // A decimal is scaled by 10^6, as positions are.
        let e6 = |degrees: &Decimal| i32::try_from(degrees.scaled()).unwrap_or(i32::MAX);
        let place = Position::new(e6(lat), e6(lon)).map(|place| Location::new(*datum, place));
        let place = self.errors.take(format!("{path}.location"), place)?;
        let fence = Geofence::new(place, Some(radius_m));
        self.errors.take(format!("{path}.fence_radius_m"), fence).map(|_| place)
    }

    fn unit(&mut self, name: String, level: RegulatorLevel) -> RegulatorUnitId {
        let id = RegulatorUnitId(Uuid::new_v5(&UNITS, name.as_bytes()));
        self.draft.units.entry(id).or_insert(RegulatorUnit { id, name, level, parent: None });
        id
    }

    fn design_values(&mut self, path: &str, file: &ProjectFile) -> Vec<DesignValue> {
        let mut values = Vec::with_capacity(file.design_values.len());
        for (n, value) in file.design_values.iter().enumerate() {
            let path = format!("{path}.design_values[{n}]");
            if self.ground.catalogue.item(&value.item_id).is_none() {
                self.errors.add(format!("{path}.item_id"), Code::FieldMalformed, &value.item_id);
            }
            values.push(DesignValue {
                field: self.text(format!("{path}.field"), &value.field, NAME_MAX),
                value: self.text(format!("{path}.value"), &value.value, NAME_MAX),
                source: self.text(format!("{path}.source"), &value.source, PROJECT_TEXT_LENGTH_MAX),
                ..value.clone()
            });
        }
        values
    }

    fn buildings(&mut self, path: &str, project: Project, buildings: Vec<Value>) -> Project {
        buildings.into_iter().enumerate().fold(project, |project, (n, value)| {
            let path = format!("{path}.buildings[{n}]");
            let Some(file) = element::<BuildingFile>(&mut self.errors, &path, value) else { return project };
            let building = building(BuildingId((self.ground.id)()), file);
            let put = put_building(&project, &building);
            self.errors.take(path, put).unwrap_or(project)
        })
    }

    fn facilities(&mut self, path: &str, project: Project, systems: &[String], mut wanted: Vec<String>) -> Project {
        let usage = project.practice().usage;
        for (n, code) in systems.iter().enumerate() {
            let Some(system) = self.ground.catalogue.systems_for(usage).find(|system| system.code == *code) else {
                self.errors.add(format!("{path}.systems[{n}]"), Code::FacilityNotAllowed, code);
                continue;
            };
            let facilities = system.categories.iter().flat_map(|category| &category.facilities);
            wanted.extend(facilities.map(|facility| facility.code.clone()));
        }
        if wanted.is_empty() {
            return project;
        }
        match tick(&project, self.ground.catalogue, &wanted) {
            Ok(ticked) => ticked,
            Err(error) => {
                self.errors.add(format!("{path}.facilities"), error.code(), error.facilities.join(", "));
                project
            }
        }
    }
}

fn building(id: BuildingId, file: BuildingFile) -> Building {
    Building {
        id,
        name: file.name,
        area_m2: file.area_m2,
        area_above_m2: file.area_above_m2,
        area_below_m2: file.area_below_m2,
        floors_above: file.floors_above,
        floors_below: file.floors_below,
        height_m: file.height_m,
        water_supply: file.water_supply.unwrap_or(!file.water_storage.is_empty()),
        water_storage: file.water_storage,
        partly_covered: file.partly_covered,
        remark: file.remark,
    }
}
