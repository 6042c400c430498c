firm-title = Fire-protection service firms
firm-lead = What is public of the firms and of their certified people.
firm-none = No firm fits.
firm-engineers = Registered engineers
firm-operators = Facility operators
