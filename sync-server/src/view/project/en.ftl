project-period-value = { $from } to { $to }
project-fence-none = The location is not marked yet
project-fence-value = Radius { $radius } m around { $lat }, { $lon } ({ $datum })
project-building-value = { $area } m², { $above } floors above and { $below } below ground, { $height } m high
