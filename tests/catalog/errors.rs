//! A snapshot of all that is said about each broken catalogue. Read it as the curator who has to mend the files.

use std::path::Path;

use waymark::catalog;

macro_rules! errors_of {
    ($($name:ident: $path:literal)*) => {$(
        #[test]
        fn $name() {
            let path = Path::new("tests/fixtures/catalog").join($path);
            insta::assert_snapshot!(catalog::read(&path).unwrap_err());
        }
    )*};
}

errors_of! {
    keys_and_types: "keys"
    slugs_areas_steps_and_levels: "references"
    former_names: "aliases.yaml"
    hours_prices_and_addresses: "values"
    requirements: "entries"
    a_ladder_with_two_roots_and_a_loop: "ladder"
    prerequisite_cycles: "cycle"
    yaml_that_is_none: "syntax"
    misnamed_parts: "layout"
    a_folder_of_other_things: "empty-folder/"
    a_path_that_is_not_there: "nowhere"
    an_empty_file: "empty.yaml"
    a_list_alone: "list.yaml"
    a_file_without_its_lists: "parts.yaml"
}
