//! The names of actions as values of flags.

use docspace::audit::AuditAction;

/// Parses the name or the number of an action. The error does not list the more than 300 names.
pub(super) fn parse(text: &str) -> Result<AuditAction, String> {
    let text = text.trim();
    let known = text.parse::<AuditAction>().ok().filter(|action| *action != AuditAction::None);
    known.ok_or_else(|| {
        "not an action: use a name or number such as RoomCreated or 5070 \
         (`docspace audit events --json action` prints the names of those that happened)"
            .to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_are_given_by_name_in_any_case_or_by_number() {
        for text in ["RoomCreated", "roomcreated", "room-created", "5070"] {
            assert_eq!(parse(text), Ok(AuditAction::RoomCreated), "{text}");
        }
        assert_eq!(parse("5999"), Ok(AuditAction::Unknown(5999)));
        for text in ["None", "", "rooms"] {
            assert!(parse(text).is_err_and(|error| error.len() < 200), "{text}");
        }
    }
}
