//! The generated types of all answers, by their names in the spec.

use docspace_api::types;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Parses an answer and serializes it again. The error contains the place that cannot be parsed.
pub(crate) type RoundTrip = fn(&Value) -> Result<Value, String>;

macro_rules! answers {
    ($($name:ident),* $(,)?) => {
        const ANSWERS: &[(&str, RoundTrip)] = &[$( (stringify!($name), round_trip::<types::$name>) ),*];
    };
}

answers! {
    ApiKeyEnvelope,
    ApiKeyListEnvelope,
    AuditEventListEnvelope,
    AuditLifetimesEnvelope,
    AuthTokenEnvelope,
    CapabilitiesEnvelope,
    ConfirmationEnvelope,
    CoverListEnvelope,
    EntryListEnvelope,
    Envelope,
    ExternalDbSyncEnvelope,
    FileEnvelope,
    FileOperationEnvelope,
    FileOperationListEnvelope,
    FlagEnvelope,
    FolderContentEnvelope,
    FolderEnvelope,
    HistoryListEnvelope,
    FolderListEnvelope,
    IndexExportEnvelope,
    LinkKeyEnvelope,
    LoginEventListEnvelope,
    MemberListEnvelope,
    NewsListEnvelope,
    OrderedEntryListEnvelope,
    PeopleGroupEnvelope,
    PeopleGroupListEnvelope,
    PersonListEnvelope,
    PortalVersionEnvelope,
    ProfileEnvelope,
    ProfileListEnvelope,
    RoomEnvelope,
    RoomFromTemplateStatusEnvelope,
    RoomGroupEnvelope,
    RoomGroupListEnvelope,
    RoomLinkEnvelope,
    RoomLinkListEnvelope,
    RoomListEnvelope,
    RoomNewsListEnvelope,
    RoomsEnvelope,
    SetMembersResultEnvelope,
    TemplateStatusEnvelope,
    TextEnvelope,
    TextListEnvelope,
    WebhookDeliveryEnvelope,
    WebhookDeliveryListEnvelope,
    WebhookEnvelope,
    WebhookListEnvelope,
    WebhookTriggerListEnvelope,
}

/// The names in the table.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    ANSWERS.iter().map(|(name, _)| *name)
}

/// The round trip for answers of this name.
pub(crate) fn of(name: &str) -> Option<RoundTrip> {
    ANSWERS.iter().find(|(known, _)| *known == name).map(|(_, round_trip)| *round_trip)
}

fn round_trip<T: DeserializeOwned + Serialize>(answer: &Value) -> Result<Value, String> {
    // The answer is parsed from text, as it is when it comes from a portal.
    let text = answer.to_string();
    let mut reader = serde_json::Deserializer::from_str(&text);
    let parsed: T =
        serde_path_to_error::deserialize(&mut reader).map_err(|error| format!("at {}: {error}", error.path()))?;
    serde_json::to_value(parsed).map_err(|error| error.to_string())
}
