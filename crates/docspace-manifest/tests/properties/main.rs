//! Properties of plans, on a portal in memory: applying a plan gives the wanted state, a second
//! plan is empty, and a plan after any number of actions of the first one leads to the same state.

mod folders;
mod states;
mod wish;

use docspace_manifest::actual::{Actual, ActualRoom};
use docspace_manifest::export::{ExportOptions, export};
use docspace_manifest::plan::{Action, MaxRemovals, Plan, PlanOptions, Prune, model, plan};
use docspace_manifest::{Source, Wanted, parse};
use proptest::prelude::*;
use states::{NAME, actual, now, sorted, wanted};
use wish::unmet;

fn options(prune: Prune) -> PlanOptions {
    PlanOptions { prune, max_removals: MaxRemovals::Percent(100), now: now() }
}

/// Carries the first actions of a plan out, in the order of a runner that changes one room after
/// the other.
fn act(actual: &Actual, plan: &Plan, count: usize) -> Actual {
    let mut actual = actual.clone();
    let actions = plan.rooms.iter().flat_map(|room| room.actions.iter().map(move |action| (room, action)));
    for (room, action) in actions.take(count) {
        model::act(&mut actual, NAME, room, action);
    }
    actual
}

fn any_prune() -> impl Strategy<Value = Prune> {
    prop_oneof![Just(Prune::Nothing), Just(Prune::Own), Just(Prune::All)]
}

/// A state and a manifest that fit, so that there is a plan without problems.
fn case() -> impl Strategy<Value = (Wanted, Actual, Prune)> {
    let fits =
        |(wanted, actual, prune): &(Wanted, Actual, Prune)| plan(wanted, actual, &options(*prune)).problems.is_empty();
    (wanted(), actual(), any_prune()).prop_filter("the plan has problems", fits)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, max_local_rejects: 100_000, max_global_rejects: 100_000, ..ProptestConfig::default() })]

    #[test]
    fn applied_plan_gives_the_wanted_state_and_leaves_nothing_to_do((wanted, actual, prune) in case()) {
        let first = plan(&wanted, &actual, &options(prune));
        let after = act(&actual, &first, usize::MAX);
        prop_assert_eq!(unmet(&wanted, &after, prune), Vec::<String>::new(), "{:#?}", first.rooms);
        let second = plan(&wanted, &after, &options(prune));
        prop_assert!(second.problems.is_empty(), "{:?}", second.problems);
        prop_assert!(!second.differs(), "{:#?}", second.rooms);
    }

    #[test]
    fn interrupted_plan_leads_to_the_same_state((wanted, actual, prune) in case(), part in 0.0..1.0) {
        let first = plan(&wanted, &actual, &options(prune));
        let all: usize = first.rooms.iter().map(|room| room.actions.len()).sum();
        let count = (all as f64 * part) as usize;
        let interrupted = act(&actual, &first, count);
        let rest = plan(&wanted, &interrupted, &options(prune));
        prop_assert!(rest.problems.is_empty(), "after {count} actions: {:?}", rest.problems);
        let resumed = act(&interrupted, &rest, usize::MAX);
        prop_assert_eq!(sorted(resumed), sorted(act(&actual, &first, usize::MAX)), "after {} actions", count);
    }

    #[test]
    fn folders_are_only_created_and_each_of_them_once((wanted, actual, prune) in case()) {
        let after = act(&actual, &plan(&wanted, &actual, &options(prune)), usize::MAX);
        for (before, after) in actual.rooms.iter().zip(&after.rooms) {
            let (before, after) = (before.folders.as_deref().unwrap(), after.folders.as_deref().unwrap());
            prop_assert_eq!(before, &after[..before.len()]);
            for (position, folder) in after.iter().enumerate().skip(before.len()) {
                prop_assert!(after[..position].iter().all(|other| other.titles != folder.titles), "{folder:?}");
            }
        }
    }

    #[test]
    fn exported_folders_leave_nothing_to_do((_, actual, _) in case()) {
        for room in &actual.rooms {
            let mut only = ActualRoom::created(room.id.clone(), "Audit", room.room_type);
            only.folders.clone_from(&room.folders);
            let actual = Actual { rooms: vec![only], ..Actual::default() };
            let text = export(&actual, &ExportOptions::default()).to_yaml();
            let wanted = parse(&[Source::new("export.yaml", text)]).unwrap();
            let again = plan(&wanted, &actual, &options(Prune::All));
            prop_assert!(!again.differs() && again.problems.is_empty(), "{again:#?}");
            prop_assert!(wanted.rooms[0].room.settings.folders.is_some() || room.folders == Some(Vec::new()));
        }
    }

    #[test]
    fn exported_links_leave_nothing_to_do((_, actual, _) in case(), ids in any::<bool>()) {
        for room in &actual.rooms {
            let mut only = ActualRoom::created(room.id.clone(), "Audit", room.room_type);
            only.links.clone_from(&room.links);
            let actual = Actual { rooms: vec![only], ..Actual::default() };
            let exported = export(&actual, &ExportOptions::default().name(NAME).ids(ids).secrets(true));
            let wanted = Wanted::new(NAME, exported.manifest.rooms);
            let again = plan(&wanted, &actual, &options(Prune::All));
            prop_assert!(!again.differs() && again.problems.is_empty(), "{again:#?}");
        }
    }

    #[test]
    fn nothing_is_removed_without_pruning_and_never_the_owner_or_the_caller((wanted, actual, prune) in case()) {
        let plan = plan(&wanted, &actual, &options(prune));
        for room in &plan.rooms {
            let members = actual.rooms.iter().find(|found| Some(&found.id) == room.id.as_ref());
            let members = members.and_then(|found| found.members.clone()).unwrap_or_default();
            for action in &room.actions {
                prop_assert!(prune != Prune::Nothing || !action.is_removal() || *action == Action::Archive, "{action}");
                prop_assert!(prune == Prune::All || !matches!(action, Action::RevokeLink { own: false, .. }), "{action}");
                if let Action::RemoveMember { member, .. } | Action::Give { member, before: Some(_), .. } = action {
                    let of = members.iter().find(|known| known.id == member.id).expect("a member");
                    prop_assert!(!of.is_owner && of.id != Some(actual.me), "{action}");
                }
            }
        }
    }

    #[test]
    fn plans_are_the_same_after_they_were_saved((wanted, actual, prune) in case()) {
        let plan = plan(&wanted, &actual, &options(prune));
        let saved = serde_json::to_string(&plan).unwrap();
        prop_assert_eq!(serde_json::from_str::<Plan>(&saved).unwrap(), plan);
        let saved = serde_json::to_string(&wanted).unwrap();
        prop_assert_eq!(serde_json::from_str::<Wanted>(&saved).unwrap(), wanted);
    }
}
