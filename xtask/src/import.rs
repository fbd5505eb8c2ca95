//! `cargo xtask import FILE`: reduces a published document to our scope and to its structure, and
//! writes it to `openapi/upstream.json`.

use std::path::Path;

use anyhow::{Context, Result, bail};
use openapi_compare::Api;

use crate::documents::{ours, published};
use crate::words::{counted, say};
use crate::workspace::{SPEC, UPSTREAM};

/// Imports the document and prints a summary.
pub(crate) fn run(root: &Path, file: &Path, out: Option<&Path>, force: bool) -> Result<()> {
    say!("{}", import(root, file, out, force)?);
    Ok(())
}

fn import(root: &Path, file: &Path, out: Option<&Path>, force: bool) -> Result<String> {
    let api = reduced(root, file, force)?;
    let default = root.join(UPSTREAM);
    replace(out.unwrap_or(&default), &api.to_openapi())?;
    let (operations, schemas) = (counted(api.operations().len(), "operation"), counted(api.schemas().len(), "schema"));
    Ok(format!("{}: version {}, {operations} and {schemas} in scope", file.display(), api.version()))
}

/// Reads a published document, reduced to the operations that we cover or that belong to rooms.
pub(crate) fn reduced(root: &Path, file: &Path, force: bool) -> Result<Api> {
    let published = published(file, &ours(root)?, None, force)?;
    if let Some(moved_to) = published.moved_to {
        bail!("{}: /paths: all paths begin with {moved_to:?} now; move the paths of {SPEC} first", file.display());
    }
    Ok(published.api)
}

/// Replaces the file atomically: writes a new file beside it and renames that.
pub(crate) fn replace(path: &Path, text: &str) -> Result<()> {
    let mut beside = path.to_owned();
    beside.as_mut_os_string().push(".new");
    let written = std::fs::write(&beside, text).and_then(|()| std::fs::rename(&beside, path));
    if written.is_err() {
        // The file may not exist.
        let _ = std::fs::remove_file(&beside);
    }
    written.with_context(|| format!("{}: cannot be written", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "openapi: 3.0.3\ninfo: {version: '1'}\npaths: {/keys: {get: {}}}";
    const PUBLISHED: &str = "openapi: 3.1.0
info: {version: 9.0.1, description: prose}
paths:
  /Other: {get: {tags: [Rooms], summary: prose, responses: {200: {content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}}}
  /KEYS: {get: {operationId: prose}}
  /unrelated: {get: {responses: {200: {content: {application/json: {schema: {$ref: '#/components/schemas/B'}}}}}}}
components: {schemas: {A: {description: prose, type: string, examples: [prose]}, B: {type: string}}}";

    fn workspace() -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir(root.path().join("openapi")).unwrap();
        std::fs::write(root.path().join(SPEC), OURS).unwrap();
        std::fs::write(root.path().join("published.yaml"), PUBLISHED).unwrap();
        root
    }

    #[test]
    fn import_keeps_only_structure_in_scope() {
        let root = workspace();
        let path = root.path().join("published.yaml");
        let words = import(root.path(), &path, None, false).unwrap();
        assert!(words.ends_with("version 9.0.1, 2 operations and 1 schema in scope"), "{words}");
        let text = std::fs::read_to_string(root.path().join(UPSTREAM)).unwrap();
        assert_eq!(
            text,
            r##"{
  "components": {"schemas": {"A": {"type": "string"}}},
  "info": {"version": "9.0.1"},
  "openapi": "3.0.3",
  "paths": {
    "/KEYS": {"get": {"responses": {}}},
    "/Other": {
      "get": {
        "responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}}},
        "tags": ["Rooms"]
      }
    }
  }
}
"##
        );
        // The result is a document too, and importing it changes nothing.
        import(root.path(), &root.path().join(UPSTREAM), Some(&root.path().join("again.json")), false).unwrap();
        assert_eq!(std::fs::read_to_string(root.path().join("again.json")).unwrap(), text);
    }

    #[test]
    fn unreadable_document_changes_nothing() {
        let root = workspace();
        let upstream = root.path().join(UPSTREAM);
        std::fs::write(&upstream, PUBLISHED).unwrap();
        std::fs::write(root.path().join("openapi/deviations.yaml"), "[]").unwrap();
        let cut = &PUBLISHED[..PUBLISHED.len() - 30];
        let swagger = PUBLISHED.replace("openapi: 3.1.0", "swagger: '2.0'");
        let dangling = PUBLISHED.replace("schemas/B", "schemas/C");
        let foreign = PUBLISHED.replace("[Rooms]", "[Else]").replace("/KEYS", "/else");
        for text in ["", "{", cut, &swagger, &dangling, &foreign] {
            let path = root.path().join("bad.yaml");
            std::fs::write(&path, text).unwrap();
            let name = path.display().to_string();
            for result in [import(root.path(), &path, None, false), crate::adopt::adopt(root.path(), &path, false)] {
                let message = format!("{:#}", result.unwrap_err());
                assert!(message.starts_with(&name) && !message.contains('\n'), "{message}");
            }
            assert_eq!(std::fs::read_to_string(&upstream).unwrap(), PUBLISHED);
        }
        let folder = root.path().join("openapi");
        assert!(format!("{:#}", import(root.path(), &folder, None, false).unwrap_err()).contains("directory"));
        // A failed write leaves no file behind.
        assert!(import(root.path(), &root.path().join("published.yaml"), Some(&folder), false).is_err());
        assert_eq!(std::fs::read_dir(root.path()).unwrap().count(), 3);
    }

    #[test]
    fn adopt_shows_the_drift_and_what_is_left_to_explain() {
        let root = workspace();
        let path = root.path().join("published.yaml");
        import(root.path(), &path, None, false).unwrap();
        let entry = "- {where: GET /other, document: present, ours: absent, why: w, evidence: assumption}\n";
        std::fs::write(root.path().join("openapi/deviations.yaml"), entry).unwrap();
        let next = PUBLISHED.replace("9.0.1", "9.1.0").replace("/Other", "/Another");
        std::fs::write(&path, next).unwrap();
        let words = crate::adopt::adopt(root.path(), &path, false).unwrap();
        for expected in [
            "# From 9.0.1 (openapi/upstream.json) to 9.1.0 (",
            "## Removed operations (1)\n\n- `GET /Other`",
            "## New operations (1)\n\n- `GET /Another`",
            "## Entries and places to delete from openapi/deviations.yaml (1)\n\n- line 1: `GET /other`",
            "openapi/docspace.yaml says version 1.",
            "- `GET /another`: published \"present\", ours \"absent\"",
            "Differences without an entry in openapi/deviations.yaml: 1.",
        ] {
            assert!(words.contains(expected), "{expected:?} is not in {words}");
        }
        assert!(std::fs::read_to_string(root.path().join(UPSTREAM)).unwrap().contains("9.1.0"));
    }
}
