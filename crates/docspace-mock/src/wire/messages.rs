//! The portal's messages in the language of the person. The portal ignores `Accept-Language`
//! (docs/portal/errors.md#language).
//!
//! Messages of the portal exist in English and German. Messages of its framework are English.

use crate::state::people::Language;

/// A message, independent of the language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Message {
    FolderNotFound,
    FileNotFound,
    ItemNotFound,
    RecordNotFound,
    GroupNotFound,
    UserNotFound,
    AccessDenied,
    CannotViewFolder,
    CannotEditRoom,
    CannotCreate,
    CannotPerform,
    CannotPin,
    RoleNotAvailable,
    TooManyLinks(usize),
    BadPassword,
    LoginFailed,
    UserDisabled,
    TooManyLogins,
    TooManyPasswords,
    TagExists(String),
    RoomNeeded,
    NoEncryptionKey(String),
    SharedLink,
    FillLink,
    InvitationLink,
    SettingsUpdated,
    /// A quota of this noun is larger than the quota of the portal.
    QuotaTooLarge(&'static str),
    /// A message of the framework, in English for all people.
    Plain(String),
}

impl Message {
    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Self::Plain(text.into())
    }

    pub(crate) fn in_language(&self, language: Language) -> String {
        let (english, german) = match self {
            Self::FolderNotFound => ("The required folder was not found", "Der angefragte Ordner wurde nicht gefunden"),
            Self::FileNotFound => ("The required file was not found", "Die angefragte Datei wurde nicht gefunden"),
            Self::ItemNotFound => ("Item not found", "Element nicht gefunden"),
            Self::RecordNotFound => ("The record could not be found", "Der Eintrag wurde nicht gefunden"),
            Self::GroupNotFound => ("The group could not be found", "Die Gruppe wurde nicht gefunden"),
            Self::UserNotFound => ("The user could not be found", "Der Benutzer wurde nicht gefunden"),
            Self::AccessDenied => ("Access denied", "Zugriff verweigert"),
            Self::CannotViewFolder => (
                "You don't have enough permission to view the folder content",
                "Sie sind nicht berechtigt, den Inhalt des Ordners anzuzeigen",
            ),
            Self::CannotEditRoom => {
                ("You don't have permission to edit the room", "Sie sind nicht berechtigt, den Raum zu bearbeiten")
            }
            Self::CannotCreate => {
                ("You don't have enough permission to create", "Sie sind nicht zum Erstellen berechtigt")
            }
            Self::CannotPerform => (
                "You don't have enough permission to perform the operation",
                "Sie sind nicht berechtigt, diesen Vorgang auszuführen",
            ),
            Self::CannotPin => ("You can't pin a room", "Sie können diesen Raum nicht anheften"),
            Self::RoleNotAvailable => (
                "The role is not available for this user type",
                "Diese Rolle ist für diesen Benutzertyp nicht verfügbar",
            ),
            Self::BadPassword => (
                "Password must contain from 8 to 30 characters, only latin letters, no spaces",
                "Das Passwort muss 8 bis 30 Zeichen enthalten, nur lateinische Buchstaben, keine Leerzeichen",
            ),
            Self::LoginFailed => ("User authentication failed", "Die Authentifizierung ist fehlgeschlagen"),
            Self::UserDisabled => ("User disabled", "Benutzer deaktiviert"),
            Self::TooManyLogins => (
                "Too many login attempts. Please try again later",
                "Zu viele Anmeldeversuche. Bitte versuchen Sie es später erneut",
            ),
            Self::TooManyPasswords => (
                "You have tried too many times to enter your password. Please try again later",
                "Sie haben das Passwort zu oft eingegeben. Bitte versuchen Sie es später erneut",
            ),
            Self::RoomNeeded => ("At least one room must be provided.", "Mindestens ein Raum muss angegeben werden."),
            Self::SharedLink => ("Shared link", "Gemeinsamer Link"),
            Self::FillLink => ("Link to fill out", "Link zum Ausfüllen"),
            Self::InvitationLink => ("Invitation link", "Einladungslink"),
            Self::SettingsUpdated => {
                ("Settings have been successfully updated", "Die Einstellungen wurden erfolgreich aktualisiert")
            }
            Self::TooManyLinks(max) => {
                return match language {
                    Language::English => format!("The maximum number of links may not exceed {max}"),
                    Language::German => format!("Die maximale Anzahl der Links darf {max} nicht überschreiten"),
                };
            }
            Self::QuotaTooLarge(noun) => {
                return format!(
                    "Failed to set quota per {noun}. The entered value is greater than the total DocSpace storage."
                );
            }
            Self::NoEncryptionKey(name) => return format!("The user {name} does not have an encryption key"),
            Self::TagExists(name) => return format!("Tag with name '{name}' already exists"),
            Self::Plain(text) => return text.clone(),
        };
        match language {
            Language::English => english.to_owned(),
            Language::German => german.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_in_the_language_of_the_person() {
        let german = Language::of_culture(Some("de"));
        assert_eq!(Message::FolderNotFound.in_language(german), "Der angefragte Ordner wurde nicht gefunden");
        assert_eq!(Message::SharedLink.in_language(Language::of_culture(Some("en-US"))), "Shared link");
    }
}
