//! A secret is not printed by accident.

use bindery_generated::mont::RegistrationProfile;

fn main() {
    let profile = RegistrationProfile::default();
    if let Some(password) = profile.password {
        println!("{password}");
    }
}
