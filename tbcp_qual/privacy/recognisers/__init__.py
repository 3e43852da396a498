"""The recognisers of what identifies people, one a module, each with a `RECOGNISER`; `scan` runs them."""

from tbcp_qual.privacy.finding import Recogniser
from tbcp_qual.privacy.recognisers import (
    address,
    case_reference,
    childrens_centre,
    date_of_birth,
    email,
    exact_age,
    exact_date,
    gestation,
    hospital,
    name,
    national_insurance,
    nhs_number,
    phone_number,
    postcode,
    rare_diagnosis,
    school,
    sibling_count,
    sole_post,
    vehicle_plate,
    ward,
    web_link,
)

__all__ = ["RECOGNISERS"]

RECOGNISERS: tuple[Recogniser, ...] = (
    nhs_number.RECOGNISER,
    national_insurance.RECOGNISER,
    email.RECOGNISER,
    web_link.RECOGNISER,
    postcode.RECOGNISER,
    phone_number.RECOGNISER,
    date_of_birth.RECOGNISER,
    exact_date.RECOGNISER,
    vehicle_plate.RECOGNISER,
    case_reference.RECOGNISER,
    school.RECOGNISER,
    hospital.RECOGNISER,
    ward.RECOGNISER,
    childrens_centre.RECOGNISER,
    address.RECOGNISER,
    name.RECOGNISER,
    exact_age.RECOGNISER,
    gestation.RECOGNISER,
    sibling_count.RECOGNISER,
    rare_diagnosis.RECOGNISER,
    sole_post.RECOGNISER,
)
"""All of them, one a kind."""
