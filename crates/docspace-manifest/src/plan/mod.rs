//! The plan: what differs between the wanted and the actual state, and the actions that change it.
//!
//! [`plan`] is pure: it compares, and sends nothing.

mod action;
mod folders;
mod identify;
mod limit;
mod links;
mod members;
pub mod model;
mod new_room;
mod options;
mod outcome;
mod room;
mod setting;
mod settings;
mod text;

use std::collections::BTreeSet;

pub use action::{Action, Sign, Template, Who};
pub use identify::{Meant, identify};
pub use options::{MaxRemovals, PlanOptions, Prune};
pub use outcome::{Counts, Extra, Plan, RoomPlan};
pub use setting::{LinkChange, LinkSetting, Setting, SettingChange};

use crate::actual::Actual;
use crate::wanted::Wanted;

/// Compares the wanted and the actual state.
///
/// ```
/// use docspace_manifest::actual::{Actual, ActualRoom};
/// use docspace_manifest::names::TypeName;
/// use docspace_manifest::plan::{PlanOptions, plan};
/// use docspace_manifest::{Source, parse};
///
/// let file = "rooms: [{title: Audit, type: custom, tags: [open]}]";
/// let wanted = parse(&[Source::new("rooms.yaml", file)])?;
/// let room = ActualRoom::created(17.into(), "Audit", TypeName::Custom);
/// let actual = Actual { rooms: vec![room], ..Actual::default() };
///
/// let plan = plan(&wanted, &actual, &PlanOptions::default());
/// assert_eq!(plan.rooms[0].actions[0].to_string(), "tag open");
/// # Ok::<(), docspace_manifest::Problems>(())
/// ```
pub fn plan(wanted: &Wanted, actual: &Actual, options: &PlanOptions) -> Plan {
    let (mut rooms, mut problems, mut present) = (Vec::new(), Vec::new(), 0);
    let mut without_account = BTreeSet::new();
    let meant = identify(wanted, &actual.rooms);
    for (wanted_room, meant) in wanted.rooms.iter().zip(meant) {
        let room = match meant {
            Ok(meant) => meant.index().map(|index| &actual.rooms[index]),
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        let mut compared = room::Comparison::new(&wanted.name, wanted_room, room, actual, options);
        compared.compare();
        present += compared.present;
        problems.append(&mut compared.problems);
        without_account.append(&mut compared.without_account);
        rooms.push(compared.plan);
    }
    // Nothing of a new room was there before, so its way to the archive removes nothing.
    let existing = rooms.iter().filter(|room| room.id.is_some());
    let removals = existing.flat_map(|room| &room.actions).filter(|action| action.is_removal()).count();
    problems.extend(limit::check(options.max_removals, removals, present));
    Plan { manifest: wanted.name.clone(), rooms, without_account, problems }
}
