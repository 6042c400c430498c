//! What approved tasks and their faults mean to the history of a facility.

use super::{Found, History, OpenFault, Visit};
use crate::{
    catalogue::{Catalogue, Language},
    fault::Fault,
    ordinals::Ordinals,
    task::Task,
};
use std::collections::{BTreeMap, HashMap};

impl History {
    /// Takes in what an approved task found of the items of the facility. Of two answers at one instance the one that was
    /// recorded later stays, in whatever order their tasks were approved. The same task again changes nothing.
    pub fn learn(&mut self, task: &Task, catalogue: &Catalogue) {
        let facility = self.facility.as_str();
        let belongs = |item_id: &str| catalogue.item(item_id).is_some_and(|found| found.facility.code == facility);
        let fresh = task.current_results().filter(|held| belongs(&held.recorded.item_id)).map(|held| {
            let ordinals = task.instances_of(held);
            Found {
                item_id: held.recorded.item_id.clone(),
                at: held.at,
                verdict: held.recorded.verdict,
                record: held.recorded.record_at(catalogue, &ordinals, Language::Chinese),
                measured: held.recorded.told_each(catalogue, &ordinals, Language::Chinese),
                ordinals,
            }
        });
        let fresh = Visit { task: task.id, task_name: task.name.clone(), found: fresh.collect() };
        self.visits.retain(|visit| visit.task != task.id);
        let at = self.visits.partition_point(|visit| visit.task < task.id);
        self.visits.insert(at, fresh);
        self.keep_the_last();
    }

    /// Takes in where a fault of an approved task stands now.
    pub fn follow(&mut self, fault: &Fault, item_id: &str, task_name: &str) {
        self.faults.retain(|held| held.fault != fault.id);
        if !fault.state.is_closed() {
            self.faults.push(OpenFault {
                fault: fault.id,
                item_id: item_id.to_owned(),
                ordinal: fault.key.ordinal,
                task_name: task_name.to_owned(),
                description: fault.description.clone(),
                state: fault.state,
            });
            self.faults.sort_by(|a, b| (&a.item_id, a.ordinal, a.fault).cmp(&(&b.item_id, b.ordinal, b.fault)));
        }
    }

    /// Leaves at each instance of each item what was recorded last.
    fn keep_the_last(&mut self) {
        let mut last: BTreeMap<(&str, u32), (usize, usize)> = BTreeMap::new();
        let mut instants: BTreeMap<(&str, u32), i64> = BTreeMap::new();
        for (visit, held) in self.visits.iter().enumerate() {
            for (at, found) in held.found.iter().enumerate() {
                for ordinal in found.ordinals.iter() {
                    let key = (found.item_id.as_str(), ordinal);
                    if instants.get(&key).is_none_or(|known| *known <= found.at.latest().0) {
                        instants.insert(key, found.at.latest().0);
                        last.insert(key, (visit, at));
                    }
                }
            }
        }
        let mut stay: HashMap<(usize, usize), Vec<u32>> = HashMap::new();
        for ((_, ordinal), place) in last {
            stay.entry(place).or_default().push(ordinal);
        }
        for (visit, held) in self.visits.iter_mut().enumerate() {
            for (at, found) in held.found.iter_mut().enumerate() {
                found.keep(Ordinals::of(stay.remove(&(visit, at)).unwrap_or_default()));
            }
            held.found.retain(|found| !found.ordinals.is_empty());
        }
        self.visits.retain(|visit| !visit.found.is_empty());
    }
}
