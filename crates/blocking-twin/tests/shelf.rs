//! Tests of the twin of `examples/shelf`.

use std::path::Path;

use blocking_twin::Twin;

#[test]
fn twin_of_the_example_is_up_to_date() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/shelf");
    let fresh = Twin::of(folder.join("main.rs")).crate_name("shelf").generate().unwrap();
    let file = folder.join("blocking/generated.rs");
    let known = std::fs::read_to_string(&file).unwrap();
    if known != fresh {
        std::fs::write(&file, fresh).unwrap();
        panic!("{} was out of date and is now updated; run the test again and commit the file", file.display());
    }
}

#[test]
fn missing_crate_is_reported() {
    let error = Twin::of("no/such/lib.rs").generate().unwrap_err();
    assert_eq!(error.to_string(), "lib.rs:1: the file does not exist");
}
