form-wrong = { $count ->
    [one] One thing needs to be put right. What you typed is still here:
   *[other] { $count } things need to be put right. What you typed is still here:
}
