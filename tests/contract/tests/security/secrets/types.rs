//! Every type of the generated client, filled with random values and with a marker for each secret.
//! `Debug` must not show a marker, and serialization must keep each one.

use std::collections::BTreeSet;
use std::fmt::Debug;

use contract::spec::{Spec, members};
use docspace_api::types;
use fastrand::Rng;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

/// Number of random values for each type.
const CASES: u32 = 48;

/// Maximum depth of optional properties and list items, since types can contain themselves.
const MAX_OPTIONAL_DEPTH: u32 = 6;

/// Parses a value into a type and returns its `Debug` output and its JSON, or the error.
type Render = fn(&Value) -> Result<(String, String), String>;

fn render<T: Debug + Serialize + DeserializeOwned>(value: &Value) -> Result<(String, String), String> {
    let read: T = serde_json::from_value(value.clone()).map_err(|error| error.to_string())?;
    let sent = serde_json::to_string(&read).map_err(|error| error.to_string())?;
    Ok((format!("{read:?} {read:#?}"), sent))
}

macro_rules! types {
    ($($name:ident),+ $(,)?) => {
        const TYPES: &[(&str, Render)] = &[$((stringify!($name), render::<types::$name>)),+];
    };
}

// Every schema with properties. A test fails if one is missing.
types![
    ApiKey,
    ApiKeyEnvelope,
    ApiKeyListEnvelope,
    AuditEvent,
    AuditEventListEnvelope,
    AuditLifetimes,
    AuditLifetimesEnvelope,
    AuditLifetimesRequest,
    AuthToken,
    AuthTokenEnvelope,
    AuthenticateRequest,
    AuthenticateWithCodeRequest,
    Capabilities,
    CapabilitiesEnvelope,
    ChangeOwnerRequest,
    ChatSettings,
    CheckConfirmationRequest,
    ConfirmData,
    Confirmation,
    ConfirmationEnvelope,
    Contact,
    CopyFileRequest,
    Cover,
    CoverListEnvelope,
    CreateKeyRequest,
    CreatePeopleGroupRequest,
    CreatePersonRequest,
    CreateRoomFromTemplateRequest,
    CreateRoomGroupRequest,
    CreateRoomRequest,
    CreateTagRequest,
    CreateTemplateRequest,
    CreateThirdPartyRoomRequest,
    CreateWebhookRequest,
    DeleteEntryRequest,
    Dimensions,
    DraftLocation,
    EnterLinkPasswordRequest,
    Entry,
    EntryBase,
    EntryListEnvelope,
    EntryOrder,
    Envelope,
    EnvelopeLink,
    ExternalDbSync,
    ExternalDbSyncEnvelope,
    ExternalDbSyncForm,
    File,
    FileEnvelope,
    FileOperation,
    FileOperationEnvelope,
    FileOperationListEnvelope,
    FlagEnvelope,
    Folder,
    FolderBase,
    FolderContent,
    FolderContentEnvelope,
    FolderEnvelope,
    FolderListEnvelope,
    FolderTitleRequest,
    GroupIcon,
    GroupSummary,
    HistoryAction,
    HistoryData,
    HistoryEvent,
    HistoryListEnvelope,
    IndexExport,
    IndexExportEnvelope,
    InvitePeopleRequest,
    Lifetime,
    LifetimeRequest,
    LinkDetails,
    LinkKey,
    LinkKeyEnvelope,
    LoginEvent,
    LoginEventListEnvelope,
    Logo,
    LogoRequest,
    Member,
    MemberInvitation,
    MemberListEnvelope,
    News,
    NewsListEnvelope,
    OperationRequest,
    OrderedEntry,
    OrderedEntryListEnvelope,
    PathPart,
    PeopleGroup,
    PeopleGroupEnvelope,
    PeopleGroupListEnvelope,
    Person,
    PersonInvitation,
    PersonListEnvelope,
    PortalVersion,
    PortalVersionEnvelope,
    Profile,
    ProfileEnvelope,
    ProfileListEnvelope,
    RenameTagRequest,
    ResendInvitationsRequest,
    ResetRoomQuotaRequest,
    RetryWebhookDeliveriesRequest,
    Room,
    RoomEnvelope,
    RoomFromTemplateStatus,
    RoomFromTemplateStatusEnvelope,
    RoomGroup,
    RoomGroupEnvelope,
    RoomGroupListEnvelope,
    RoomLink,
    RoomLinkEnvelope,
    RoomLinkListEnvelope,
    RoomList,
    RoomListEnvelope,
    RoomNews,
    RoomNewsDay,
    RoomNewsListEnvelope,
    RoomsEnvelope,
    Security,
    SetAuditLifetimesRequest,
    SetEntriesOrderRequest,
    SetEntryLinkRequest,
    SetMembersRequest,
    SetMembersResult,
    SetMembersResultEnvelope,
    SetOrderRequest,
    SetRoomCoverRequest,
    SetRoomGroupIconRequest,
    SetMobilePhoneRequest,
    SetRoomLinkRequest,
    SetRoomQuotaRequest,
    SetTemplatePublicRequest,
    ShareRequest,
    Subject,
    TagNamesRequest,
    TemplateStatus,
    TemplateStatusEnvelope,
    TextEnvelope,
    TextListEnvelope,
    TransferRequest,
    UpdateFileRequest,
    UpdateKeyRequest,
    UpdateRoomGroupRequest,
    UpdateRoomRequest,
    UpdateWebhookRequest,
    Watermark,
    WatermarkRequest,
    Webhook,
    WebhookDelivery,
    WebhookDeliveryEnvelope,
    WebhookDeliveryListEnvelope,
    WebhookEnvelope,
    WebhookListEnvelope,
    WebhookTrigger,
    WebhookTriggerListEnvelope,
    WebhookWithStatus,
];

/// Creates random values for schemas of the spec.
struct Generator<'d> {
    document: &'d Value,
    random: Rng,
    markers: Vec<String>,
}

impl Generator<'_> {
    fn value(&mut self, schema: &Value, depth: u32) -> Value {
        if let Some(reference) = schema["$ref"].as_str() {
            let target = self.document.pointer(reference.trim_start_matches('#')).expect("the target of a reference");
            return match reference.rsplit('/').next() {
                Some("Secret") => self.marker(),
                Some("Timestamp") => json!("2026-01-02T03:04:05.0000000Z"),
                Some("RoomId" | "FolderId" | "FileId") => json!(self.random.u16(1..)),
                _ => self.value(target, depth),
            };
        }
        if let Some([one]) = schema["allOf"].as_array().map(Vec::as_slice)
            && schema["properties"].is_null()
        {
            return self.value(one, depth);
        }
        for union in ["oneOf", "anyOf"] {
            if let Some(branches) = schema[union].as_array() {
                let branch = &branches[self.random.usize(..branches.len())];
                return self.value(branch, depth + 1);
            }
        }
        if let Some(known) = schema["enum"].as_array() {
            return known[self.random.usize(..known.len())].clone();
        }
        match schema["type"].as_str() {
            Some("string") if schema["format"] == "uuid" => {
                json!(uuid::Uuid::from_u128(self.random.u128(..)).to_string())
            }
            Some("string") => json!(self.text()),
            Some("integer") => json!(self.random.u16(1..100)),
            Some("number") => json!(f64::from(self.random.u16(..)) / 8.0),
            Some("boolean") => json!(self.random.bool()),
            Some("array") if depth > MAX_OPTIONAL_DEPTH => json!([]),
            Some("array") => (0..self.random.usize(..3)).map(|_| self.value(&schema["items"], depth + 1)).collect(),
            _ => self.object(schema, depth),
        }
    }

    fn object(&mut self, schema: &Value, depth: u32) -> Value {
        let (properties, required) = members(self.document, schema);
        let mut filled = Map::new();
        for (name, property) in &properties {
            let needed = required.contains(&json!(name));
            if needed || depth <= MAX_OPTIONAL_DEPTH && self.random.u8(..) < 200 {
                filled.insert(name.clone(), self.value(property, depth + 1));
            }
        }
        if schema["additionalProperties"].is_object() {
            filled.insert(self.text(), self.value(&schema["additionalProperties"], depth + 1));
        }
        Value::Object(filled)
    }

    fn text(&mut self) -> String {
        (0..self.random.usize(1..9)).map(|_| self.random.lowercase()).collect()
    }

    /// A unique secret.
    fn marker(&mut self) -> Value {
        let marker = format!("MARK{:032X}", self.random.u128(..));
        self.markers.push(marker.clone());
        marker.into()
    }
}

#[test]
fn debug_hides_secrets_and_serialization_keeps_them() {
    let spec = Spec::read();
    let mut with_secrets = BTreeSet::new();
    for (name, render) in TYPES {
        let schema = json!({ "$ref": format!("#/components/schemas/{name}") });
        let has_markers = std::cell::Cell::new(false);
        let hides_secrets = |seed| {
            let mut generator =
                Generator { document: spec.document(), random: Rng::with_seed(seed), markers: Vec::new() };
            let value = generator.value(&schema, 0);
            let (debug, sent) =
                render(&value).map_err(|error| TestCaseError::fail(format!("{name}: {error}: {value}")))?;
            prop_assert!(!debug.contains("MARK"), "{} shows a secret: {}", name, debug);
            for marker in &generator.markers {
                prop_assert!(sent.contains(marker), "{} does not serialize a secret: {} of {}", name, sent, value);
            }
            has_markers.set(has_markers.get() || !generator.markers.is_empty());
            Ok(())
        };
        // A runner stops after this number of cases, so each type gets its own.
        let mut runner = TestRunner::new(Config { cases: CASES, failure_persistence: None, ..Config::default() });
        runner.run(&any::<u64>(), hides_secrets).unwrap_or_else(|error| panic!("{error}"));
        if has_markers.get() {
            with_secrets.insert(*name);
        }
    }
    for name in ["ApiKey", "AuthTokenEnvelope", "RoomLinkListEnvelope", "AuthenticateRequest", "Room"] {
        assert!(with_secrets.contains(name), "{name} was never filled with a secret");
    }
}

/// Schemas of errors, for which the client has no types.
const ERRORS: [&str; 4] = ["ErrorAnswer", "ErrorDetails", "Problem", "ProblemEnvelope"];

#[test]
fn every_type_of_the_spec_is_tested() {
    let spec = Spec::read();
    let schemas = spec.document()["components"]["schemas"].as_object().unwrap();
    let has_parts = |schema: &Value| !schema["properties"].is_null() || !schema["allOf"].is_null();
    let names: Vec<&String> = schemas.iter().filter(|(_, schema)| has_parts(schema)).map(|(name, _)| name).collect();
    assert!(names.len() > 100);
    let listed: BTreeSet<&str> = TYPES.iter().map(|(name, _)| *name).collect();
    let is_missing = |name: &&String| !listed.contains(name.as_str()) && !ERRORS.contains(&name.as_str());
    let missing: Vec<_> = names.into_iter().filter(is_missing).collect();
    assert!(missing.is_empty(), "add to the list of types: {missing:?}");
}

/// Parts of names that suggest a secret.
const SUSPICIOUS: [&str; 9] = ["pass", "token", "key", "hash", "secret", "code", "cookie", "credential", "profile"];

/// Properties with a suspicious name that are not secrets, and the reasons.
const HARMLESS: [(&str, &str); 8] = [
    ("providerKey", "names the kind of storage, such as `GoogleDrive`"),
    ("keyPostfix", "the last four characters, which help people to recognize a key"),
    ("statusCode", "the HTTP status"),
    ("authCookieLifetime", "a number of minutes"),
    ("profileUrl", "the address of a person's page, which requires a login"),
    ("serializedProfile", "a profile from a third party; the proof is in `accessToken` and `codeOAuth`"),
    ("formsItemKey", "names a field of a form"),
    ("HistoryAction.key", "names an action, such as `RoomCreated`"),
];

#[test]
fn properties_named_like_a_secret_have_the_secret_type() {
    let spec = Spec::read();
    let mut suspects = Vec::new();
    for (name, schema) in spec.document()["components"]["schemas"].as_object().unwrap() {
        gather(schema, name, &mut suspects);
    }
    assert!(suspects.is_empty(), "make these properties a Secret, or add them to HARMLESS: {suspects:?}");
}

fn gather(schema: &Value, at: &str, suspects: &mut Vec<String>) {
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        let lower = name.to_lowercase();
        let is_suspicious = SUSPICIOUS.iter().any(|part| lower.contains(part));
        let place = format!("{at}.{name}");
        let known = HARMLESS.iter().any(|(harmless, _)| harmless == name || *harmless == place);
        // A boolean cannot contain a secret.
        if is_suspicious
            && !known
            && property["type"] != "boolean"
            && !property.to_string().contains("schemas/Secret\"")
        {
            suspects.push(place.clone());
        }
        gather(property, &place, suspects);
    }
    for list in ["allOf", "oneOf", "anyOf"] {
        schema[list].as_array().into_iter().flatten().for_each(|part| gather(part, at, suspects));
    }
    for inner in ["items", "additionalProperties"] {
        if schema[inner].is_object() {
            gather(&schema[inner], at, suspects);
        }
    }
}
