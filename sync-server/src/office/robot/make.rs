//! A manager makes a robot known. Its address and its secret are sealed; the work log holds neither.

use crate::{
    keys::{Keys, sealed::seal},
    office::{Act, Flaw, Refused, Rule, command::command},
    query, row, sql,
    store::{Store, StoreError, Tx, json},
};
use firebee_domain::{
    account::{Action, Subject, may},
    code::Code,
    id::RobotId,
    robot::{NewRobot, ROBOTS_MAX, RobotError},
    spelling::Spelled,
    text::At,
};
use firebee_protocol::text::{Arg, named::Values};
use serde::Serialize;

/// Why no robot is made known: everything that is wrong, field by field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the robot cannot be made known")]
pub struct MakeError(pub Vec<At<RobotError>>);

impl Rule for MakeError {
    fn code(&self) -> Code {
        self.0.first().map_or(Code::FieldMalformed, |at| at.error.code())
    }

    fn flaws(&self) -> Vec<Flaw> {
        Flaw::all(&self.0)
    }
}

impl Rule for RobotError {
    fn code(&self) -> Code {
        (*self).code()
    }

    fn values(&self) -> Values {
        match self {
            Self::Text(error) => error.values(),
            Self::AddressForeign => Values::new(),
            Self::Full => vec![("max", Arg::from(ROBOTS_MAX))],
        }
    }
}

#[derive(Serialize)]
struct Wanted {
    #[serde(flatten)]
    robot: NewRobot,
    /// Never logged: address and secret, as typed.
    #[serde(skip)]
    typed: (String, String),
    /// The hosts that the operator lets stand for a platform.
    #[serde(skip)]
    allowed: Vec<String>,
    #[serde(skip)]
    keys: Keys,
}

/// Makes the robot known by its address and its secret, as typed. `allowed` are the hosts that the operator lets stand for a
/// platform.
///
/// # Errors
/// [`Refused`], also when this actor may not keep robots.
pub async fn make(
    store: &Store,
    act: Act,
    robot: NewRobot,
    (typed, allowed, keys): ((String, String), Vec<String>, Keys),
) -> Result<RobotId, Refused<MakeError>> {
    let about = act.org.id();
    command(store, act, "make_robot", about, Wanted { robot, typed, allowed, keys }, run).await
}

async fn run(tx: &mut Tx, act: &Act, wanted: &Wanted) -> Result<RobotId, Refused<MakeError>> {
    if !may(&act.actor, Action::ManagePrograms, &Subject::of(act.org.id(), &[])) {
        return Err(Refused::NotFound);
    }
    let told = query::robot::told(tx, act.org).await?;
    let id = RobotId(act.event().0);
    let is_allowed = |host: &str| wanted.allowed.iter().any(|allowed| allowed == host);
    let typed = (wanted.typed.0.as_str(), wanted.typed.1.as_str());
    let made = wanted.robot.make((id, act.actor.account, act.at), typed, (told, is_allowed));
    let (robot, secrets) = made.map_err(MakeError)?;
    let sealed = seal(&wanted.keys, id.0.as_bytes(), json(&secrets)?.as_bytes());
    let sealed = sealed.ok_or_else(|| StoreError::Lost("no random bytes".into()))?;
    let insert = sql!(
        "INSERT INTO robot(org, id, account, sort, find, made_ms, told, sealed, body)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
    );
    let Spelled { sort, find } = Spelled::of(&robot.name);
    let body = json(&robot)?;
    let values = row![act.org, &id, &robot.by, &sort, &find, robot.made, true, &sealed, &body];
    tx.execute(insert, &values).await?;
    Ok(id)
}
