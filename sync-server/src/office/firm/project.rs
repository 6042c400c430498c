//! Projects of a firm's file.

use super::{
    check::{Checking, NAME_MAX},
    file::{BuildingFile, LocationFile, ParticularsFile, ProjectFile, element},
};
use firebee_domain::{
    account::Login,
    building::Building,
    code::Code,
    contract::Contract,
    geofence::{Location, Position},
    id::{AccountId, BuildingId, ProjectId, RegulatorUnitId},
    measure::Decimal,
    organisation::{RegulatorLevel, RegulatorUnit},
    project::{
        DesignValue, Entry, KeyUnit, PROJECT_TEXT_LENGTH_MAX, Particulars, Project, entered, may_lead, put_building,
        tick,
    },
};
use serde_json::Value;
use uuid::Uuid;

/// The namespace that turns unit names into ids, so that two firms get the same id for the same unit.
const UNITS: Uuid = Uuid::from_u128(0x8f6b_55b1_6d0e_4c39_9c5e_20a6_1d27_b3f4);

impl Checking<'_> {
    pub(super) fn project(&mut self, path: &str, contract: &Contract, value: Value) {
        let Some(file) = element::<ProjectFile>(&mut self.errors, path, value) else { return };
        let lead = self.lead(path, &file.lead);
        let entry = Entry {
            name: file.name.clone(),
            city: file.city.clone(),
            address: file.address.clone(),
            lead,
            location: self.location(path, &file),
            fence_radius_m: Some(file.fence_radius_m.unwrap_or(self.ground.fence_radius_m)),
            jurisdiction: file.jurisdiction.as_ref().and_then(|unit| {
                let name = self.text(format!("{path}.jurisdiction.name"), &unit.name, NAME_MAX);
                (!name.is_empty()).then(|| self.unit(name, unit.level))
            }),
            key_unit: file.key_unit.as_ref().map(|name| match name.trim() {
                "" => KeyUnit::NoMatch,
                _ => KeyUnit::Listed(name.clone()),
            }),
            first_month: file.first_month,
            special_site: file.special_site,
            training: file.training,
        };
        let (project, wrong) = entered(ProjectId((self.ground.id)()), contract, &entry);
        self.errors.all(path, &wrong);
        let project = Project { design_values: self.design_values(path, &file), ..project };
        self.particulars(path, project.id, file.particulars);
        let project = self.buildings(path, project, file.buildings);
        let project = self.facilities(path, project, &file.systems, file.facilities);
        self.draft.projects.push(project);
    }

    /// an open account of category project lead.
    fn lead(&mut self, path: &str, login: &str) -> Option<AccountId> {
        let wanted = Login::new(login).ok();
        let found = self.draft.accounts.iter().find(|(account, _)| wanted.as_ref() == Some(account.login()));
        let lead = found.filter(|(account, _)| may_lead(account, self.draft.organisation.id));
        // An account that has an error of its own is told once.
        let is_told = self.broken.contains(&login.split_whitespace().collect::<String>());
        if lead.is_none() && !is_told {
            self.errors.add(format!("{path}.lead"), Code::LeadNotAllowed, login);
        }
        lead.map(|(account, _)| account.id)
    }

    fn location(&mut self, path: &str, file: &ProjectFile) -> Option<Location> {
        let LocationFile { datum, lat, lon } = file.location.as_ref()?;
        // A decimal is scaled by 10^6, as positions are.
        let e6 = |degrees: &Decimal| i32::try_from(degrees.scaled()).unwrap_or(i32::MAX);
        let place = Position::new(e6(lat), e6(lon)).map(|place| Location::new(*datum, place));
        self.errors.take(format!("{path}.location"), place)
    }

    /// what phones do not get.
    fn particulars(&mut self, path: &str, project: ProjectId, file: Option<ParticularsFile>) {
        let Some(file) = file else { return };
        let path = format!("{path}.particulars");
        let code = file.credit_code.as_deref().map(str::parse).transpose();
        let credit_code = self.errors.take(format!("{path}.credit_code"), code).flatten();
        let typed = Particulars {
            initials: file.initials,
            responsible_person: file.responsible_person,
            safety_manager: file.safety_manager,
            control_room_phone: file.control_room_phone,
            price_yuan: file.price_yuan,
            unit_type: file.unit_type,
            trade: file.trade,
            credit_code,
            files: Vec::new(),
            usual_executor: None,
        };
        match typed.checked() {
            Ok(kept) => drop(self.draft.particulars.insert(project, kept)),
            Err(wrong) => self.errors.all(&path, &wrong),
        }
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
