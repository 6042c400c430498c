//! What each kind of fact is called.

use super::Text;
use firebee_domain::fact::Kind;

include!(concat!(env!("OUT_DIR"), "/kind.rs"));
