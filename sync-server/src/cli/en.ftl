cli-verified-report = Report { $number }, { $title }
    project: { $project }
    firm: { $firm }
    period: { $period }, dated { $day }
cli-verified-report-foreign-edition = Another version of Firebee made the snapshot. Its code stands all the same.
cli-verified-report-code = Code: { $code }
    SHA-256 of the file: { $sha256 }
    The code must be that of the cover. That no page was changed is shown by the SHA-256 on the page of the code.
cli-verified-report-address = Page of the code: { $address }
