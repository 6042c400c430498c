//! A project as a form sends it: texts, read here into what the domain checks. Everything that is wrong is told at once, each
//! at its field.

use crate::{
    office::{Flaw, Rule},
    org::Org,
    query,
    store::{StoreError, Tx},
};
use firebee_domain::{
    code::Code,
    geofence::{Datum, GeofenceError, Location, Position},
    id::{AccountId, RegulatorUnitId},
    measure::Decimal,
    organisation::{CreditCode, CreditCodeError},
    plan::may_execute,
    project::{Entry, EntryError, FirstMonth, KeyUnit, Particulars, Project},
    spelling,
    text::{At, NAME_MAX},
};
use serde::Serialize;

/// Between the latitudes and the longitudes of China, in 10^-6 degree.
const APART_E6: i32 = 60_000_000;

/// What the fields of the form hold.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ProjectTyped {
    /// The name.
    pub name: String,
    /// The city.
    pub city: String,
    /// The address.
    pub address: String,
    /// The datum of the map that shows the place.
    pub datum: Option<Datum>,
    /// Latitude and longitude in degrees, as a map shows or copies them, in either order: `36.617, 101.778`. Empty for no
    /// place yet.
    pub place: String,
    /// The fence's radius in metres; empty takes the default.
    pub radius: String,
    /// The regulator's unit.
    pub jurisdiction: Option<RegulatorUnitId>,
    /// Whether the owner is a listed key unit; `None` until answered.
    pub key_unit: Option<bool>,
    /// The name of that key unit.
    pub key_unit_name: String,
    /// Which month comes first, where there is a choice.
    pub first_month: Option<FirstMonth>,
    /// The owner's credit code, or `NULL`.
    pub credit_code: String,
    /// The contract's price in yuan; may be empty.
    pub price_yuan: String,
    /// The initials of the name.
    pub initials: String,
    /// The person responsible for fire safety. The line of the act does not keep it.
    #[serde(skip)]
    pub responsible_person: String,
    /// The fire safety manager. The line of the act does not keep it.
    #[serde(skip)]
    pub safety_manager: String,
    /// The phone of the control room.
    #[serde(skip)]
    pub control_room_phone: String,
    /// The kind of unit.
    pub unit_type: String,
    /// The trade.
    pub trade: String,
    /// Who usually executes.
    pub usual_executor: Option<AccountId>,
}

/// Everything that is wrong with a project as typed, each at its field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} fields of the project are wrong", .0.len())]
pub struct TypedError(Vec<Flaw>);

impl Rule for TypedError {
    fn code(&self) -> Code {
        self.0.first().map_or(Code::FieldMalformed, |flaw| flaw.code)
    }

    fn flaws(&self) -> Vec<Flaw> {
        self.0.clone()
    }
}

/// What was read, and what is wrong so far.
pub(super) struct Reading {
    pub(super) entry: Entry,
    particulars: Particulars,
    wrong: Vec<Flaw>,
}

impl ProjectTyped {
    /// A project as its form shows it. Its first month never changes, and so it is not said again.
    #[must_use]
    pub fn of(project: &Project, particulars: &Particulars) -> Self {
        let place = |held: Location| format!("{}, {}", degrees(held.entered.lat_e6()), degrees(held.entered.lon_e6()));
        let text = |held: &Option<String>| held.clone().unwrap_or_default();
        Self {
            name: project.name.clone(),
            city: project.city.clone(),
            address: project.address.clone(),
            datum: Some(project.location.map_or(Datum::Gcj02, |held| held.datum)),
            place: project.location.map(place).unwrap_or_default(),
            radius: text(&project.fence_radius_m.map(|metres| metres.to_string())),
            jurisdiction: project.jurisdiction,
            key_unit: project.key_unit.as_ref().map(|unit| matches!(unit, KeyUnit::Listed(_))),
            key_unit_name: match &project.key_unit {
                Some(KeyUnit::Listed(name)) => name.clone(),
                Some(KeyUnit::NoMatch) | None => String::new(),
            },
            first_month: None,
            credit_code: text(&particulars.credit_code.as_ref().map(ToString::to_string)),
            price_yuan: text(&particulars.price_yuan.map(|price| price.to_string())),
            initials: particulars.initials.clone(),
            responsible_person: particulars.responsible_person.clone(),
            safety_manager: particulars.safety_manager.clone(),
            control_room_phone: particulars.control_room_phone.clone(),
            unit_type: particulars.unit_type.clone(),
            trade: particulars.trade.clone(),
            usual_executor: particulars.usual_executor,
        }
    }

    /// Reads the texts.
    ///
    /// # Errors
    /// As [`StoreError`] says.
    pub(super) async fn read(&self, tx: &mut Tx) -> Result<Reading, StoreError> {
        let mut wrong = Vec::new();
        let location = self.location().unwrap_or_else(|error| {
            wrong.push(Flaw::of("place", &error));
            None
        });
        let metres = self.radius.trim();
        // What is no number of metres is a radius that no fence has; the region says one where nobody types it.
        let fence_radius_m = match metres {
            "" => query::region::region(tx).await?.fence_radius_m,
            typed => typed.parse().unwrap_or(0),
        };
        let jurisdiction = match self.jurisdiction {
            Some(unit) => query::project::unit(tx, unit).await?.map(|_| unit),
            None => None,
        };
        let credit_code = self.credit_code.parse::<CreditCode>();
        let credit_code =
            credit_code.map_err(|error: CreditCodeError| wrong.push(Flaw::of("credit_code", &error))).ok();
        let price = self.price_yuan.trim();
        let price_yuan = (!price.is_empty()).then(|| price.parse::<Decimal>()).transpose();
        let price_yuan = price_yuan.unwrap_or_else(|_| {
            wrong.push(Flaw { at: "price_yuan".into(), code: Code::ValueMalformed, values: Vec::new() });
            None
        });
        let entry = Entry {
            name: self.name.clone(),
            city: self.city.clone(),
            address: self.address.clone(),
            lead: None,
            location,
            fence_radius_m: Some(fence_radius_m),
            jurisdiction,
            key_unit: self
                .key_unit
                .map(|listed| if listed { KeyUnit::Listed(self.key_unit_name.clone()) } else { KeyUnit::NoMatch }),
            first_month: self.first_month,
            special_site: false,
            training: false,
        };
        let particulars = Particulars {
            // proposed, until somebody says otherwise.
            initials: match self.initials.trim() {
                "" => spelling::initials(&self.name).chars().take(NAME_MAX as usize).collect(),
                typed => typed.to_owned(),
            },
            responsible_person: self.responsible_person.clone(),
            safety_manager: self.safety_manager.clone(),
            control_room_phone: self.control_room_phone.clone(),
            price_yuan,
            unit_type: self.unit_type.clone(),
            trade: self.trade.clone(),
            credit_code,
            files: Vec::new(),
            usual_executor: self.usual_executor,
        };
        Ok(Reading { entry, particulars, wrong })
    }

    /// The place, in the datum of its map. Latitude and longitude stand apart by a comma of either width or by white space.
    fn location(&self) -> Result<Option<Location>, GeofenceError> {
        let apart = |letter: char| letter.is_whitespace() || matches!(letter, ',' | '\u{ff0c}' | '\u{3001}' | ';');
        let parts: Vec<&str> = self.place.split(apart).filter(|part| !part.is_empty()).collect();
        // A decimal is scaled by 10^6, as positions are.
        let e6 = |typed: &str| {
            let degrees: Decimal = typed.parse().map_err(|_| GeofenceError::LocationOutOfRange)?;
            i32::try_from(degrees.scaled()).map_err(|_| GeofenceError::LocationOutOfRange)
        };
        match (parts.as_slice(), self.datum) {
            ([], _) => Ok(None),
            ([first, second], Some(datum)) => {
                let (first, second) = (e6(first)?, e6(second)?);
                // Chinese maps copy the longitude first. No place in China lies beyond this latitude, or before this longitude.
                let (lat, lon) = if first > APART_E6 && second < APART_E6 { (second, first) } else { (first, second) };
                Ok(Some(Location::new(datum, Position::new(lat, lon)?)))
            }
            _ => Err(GeofenceError::LocationOutOfRange),
        }
    }
}

/// An angle in degrees, as maps write it.
fn degrees(e6: i32) -> String {
    format!("{:.6}", f64::from(e6) / 1e6)
}

impl Reading {
    /// a new project has a lead.
    pub(super) fn needs_lead(&mut self) {
        if self.entry.lead.is_none() {
            self.wrong.push(Flaw { at: "lead".into(), code: Code::LeadNotAllowed, values: Vec::new() });
        }
    }

    /// who usually executes can execute now.
    ///
    /// # Errors
    /// As [`StoreError`] says.
    pub(super) async fn needs_executor(&mut self, tx: &mut Tx, org: Org, project: &Project) -> Result<(), StoreError> {
        let Some(usual) = self.particulars.usual_executor else { return Ok(()) };
        let account = query::member::account(tx, org, usual).await?;
        if !account.is_some_and(|account| may_execute(project, &account)) {
            let (at, code) = ("usual_executor".into(), Code::ExecutorNotAllowed);
            self.wrong.push(Flaw { at, code, values: Vec::new() });
        }
        Ok(())
    }

    /// What the domain says of the entry.
    pub(super) fn entry_is(&mut self, wrong: Vec<At<EntryError>>) {
        self.wrong.extend(Flaw::all(&wrong));
    }

    /// The particulars, where nothing is wrong.
    ///
    /// # Errors
    /// Everything that is wrong.
    pub(super) fn done(mut self) -> Result<Particulars, TypedError> {
        let checked = self.particulars.checked().map_err(|wrong| self.wrong.extend(Flaw::all(&wrong)));
        match checked {
            Ok(particulars) if self.wrong.is_empty() => Ok(particulars),
            _ => Err(TypedError(self.wrong)),
        }
    }
}
