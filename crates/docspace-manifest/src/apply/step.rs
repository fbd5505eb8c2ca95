//! Which actions are carried out together.

use crate::plan::Action;

/// When an action is carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// First, side by side with other rooms.
    Room,
    /// Then, one room after the other.
    Group,
    /// At last.
    Archive,
}

/// When an action is carried out.
pub(super) fn stage(action: &Action) -> Stage {
    match action {
        Action::AddToGroup { .. } | Action::RemoveFromGroup { .. } => Stage::Group,
        Action::Archive => Stage::Archive,
        _ => Stage::Room,
    }
}

/// Whether both changes are made together: by one call, or after the same reading of folders.
fn is_one_step(one: &Action, other: &Action) -> bool {
    use Action::{AddTag, CreateFolder, Give, RemoveMember, RemoveTag, Set};
    matches!(
        (one, other),
        (Set(_), Set(_))
            | (AddTag { .. }, AddTag { .. })
            | (RemoveTag { .. }, RemoveTag { .. })
            | (CreateFolder { .. }, CreateFolder { .. })
            | (Give { .. }, Give { .. })
            | (RemoveMember { .. }, RemoveMember { .. })
    )
}

/// Groups the actions of a stage that follow each other and are made together. Each step is the
/// positions of its actions.
pub(super) fn steps(actions: &[Action], now: Stage) -> Vec<Vec<usize>> {
    let mut steps: Vec<Vec<usize>> = Vec::new();
    for (position, action) in actions.iter().enumerate().filter(|(_, action)| stage(action) == now) {
        match steps.last_mut() {
            Some(step) if is_one_step(&actions[step[0]], action) => step.push(position),
            _ => steps.push(vec![position]),
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_of_one_call_are_one_step() {
        let add = |tag: &str| Action::AddTag { tag: tag.to_owned() };
        let group = Action::AddToGroup { group: "a".to_owned() };
        let actions =
            [Action::Restore, add("a"), add("b"), group, Action::RemoveTag { tag: "c".to_owned() }, Action::Archive];
        assert_eq!(steps(&actions, Stage::Room), [vec![0], vec![1, 2], vec![4]]);
        assert_eq!(steps(&actions, Stage::Group), [vec![3]]);
        assert_eq!(steps(&actions, Stage::Archive), [vec![5]]);
    }
}
