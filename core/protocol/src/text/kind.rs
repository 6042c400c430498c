//! What each kind of fact is called.

use super::Text;
use crate::fact::Kind;

include!(concat!(env!("OUT_DIR"), "/kind.rs"));
