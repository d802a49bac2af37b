# SPDX-License-Identifier: MIT
# The work items of the bench in R with data.table, as an analyst would write them.
# Rscript in_data_table.R WORK DIR OUT
suppressMessages(library(data.table))
args <- commandArgs(TRUE)
work <- args[1]; dir <- args[2]; out <- args[3]
z <- qnorm(.975)
read <- function(name, ...) fread(file.path(dir, paste0(name, ".csv")), na.strings = "",
                                  colClasses = "character", encoding = "UTF-8", ...)
write <- function(x, name) fwrite(x, file.path(out, paste0(name, ".csv")))
items <- paste0("q", 1:10)
missing <- c("", "n/a", "not recorded", "-", "null", "unknown")

tidy <- function(x) {
  x <- gsub("\"\"", "\"", x, fixed = TRUE) # fread leaves doubled quotes as they are
  x <- trimws(gsub("[[:space:]]+", " ", x))
  x[tolower(x) %in% missing] <- NA
  x
}
dates <- function(x) {
  x <- tidy(x)
  u <- unique(x)
  day <- sub(" .*", "", u)
  style <- ifelse(grepl("^\\d{1,2}/\\d{1,2}/\\d{4}$", day), "%d/%m/%Y",
           ifelse(grepl("^\\d{4}-", day), "%Y-%m-%d",
           ifelse(grepl("-[A-Za-z]", day), "%d-%b-%Y",
           ifelse(grepl(".", day, fixed = TRUE), "%d.%m.%Y", "%d/%m/%y"))))
  d <- as.IDate(rep(NA_integer_, length(u)))
  for (s in unique(style)) d[style == s] <- as.IDate(day[style == s], s)
  late <- which(year(d) >= 2030)
  d[late] <- as.IDate(sub("^20", "19", format(d[late])))
  d[match(x, u)]
}
whole <- function(x, low, high) {
  n <- suppressWarnings(as.numeric(tidy(x)))
  fifelse(n == floor(n) & n >= low & n <= high, as.integer(n), NA_integer_)
}
postcode <- function(x) {
  x <- gsub(" ", "", toupper(tidy(x)), fixed = TRUE)
  n <- nchar(x)
  fifelse(n >= 5 & n <= 7, paste(substr(x, 1, n - 3), substr(x, n - 2, n)), NA_character_)
}

clean <- function() {
  spelled <- read("recode")
  code <- function(x, f) spelled[field == f][match(tolower(trimws(x)), raw), canonical]
  tidy_all <- function(d, columns) d[, (columns) := lapply(.SD, tidy), .SDcols = columns]
  done <- function(d, name) write(unique(d), name)
  d <- read("clients")
  d[, client_id := toupper(tidy(client_id))]
  tidy_all(d, c("first_name", "last_name", "key_worker", "notes"))
  for (c in c("dob", "referral_date", "enrolment_date")) set(d, j = c, value = dates(d[[c]]))
  d[, `:=`(postcode = postcode(postcode), gender = code(gender, "gender"),
           ethnicity = code(ethnicity, "ethnicity"), local_authority = code(local_authority, "area"),
           primary_condition = code(primary_condition, "condition"),
           secondary_condition = code(secondary_condition, "condition"),
           registered_disabled = code(registered_disabled, "yesno"),
           mental_health = code(mental_health, "yesno"))]
  done(d, "clients")
  d <- read("assessments")
  tidy_all(d, c("barriers", "key_worker", "comments"))
  d[, `:=`(client_id = toupper(tidy(client_id)), assessment_date = dates(assessment_date),
           type = code(type, "type"), believes_can_work = code(believes_can_work, "yesno"),
           when_start = code(when_start, "when"), health_confidence = whole(health_confidence, 0, 6))]
  done(d, "assessments")
  d <- read("wellbeing")
  d[, `:=`(client_id = toupper(tidy(client_id)), date = dates(date), scale = code(scale, "scale"))]
  low <- c(WSAS = 0, SWEMWBS = 1, GSE = 1)[d$scale]; high <- c(WSAS = 8, SWEMWBS = 5, GSE = 4)[d$scale]
  for (q in items) set(d, j = q, value = whole(d[[q]], low, high))
  done(d, "wellbeing")
  d <- read("services")
  tidy_all(d, c("organisation", "notes"))
  d[, `:=`(client_id = toupper(tidy(client_id)), contact_date = dates(contact_date),
           service_type = code(service_type, "service"), co_producing = code(co_producing, "yesno"),
           improving_employability = code(improving_employability, "yesno"),
           relationship_rating = whole(relationship_rating, 1, 5))]
  done(d, "services")
}

clients <- function(...) unique(read("clients", select = c("client_id", ...)), by = "client_id")

crosstabs <- function() {
  people <- clients("dob", "gender", "ethnicity", "local_authority")
  setnames(people, "local_authority", "area")
  born <- as.IDate(people$dob)
  age <- 2015L - year(born) - (month(born) * 100L + mday(born) > 313L)
  people[, band := c("16-24", "25-34", "35-44", "45-54", "55+")[findInterval(age, c(0, 25, 35, 45, 55))]]
  services <- read("services", select = c("client_id", "improving_employability"))
  services <- people[services, on = "client_id", nomatch = NULL]
  setnames(services, "improving_employability", "improving")
  one <- function(tab, d, row, col) {
    g <- d[!is.na(get(row)) & !is.na(get(col)), .N, by = c(row, col)]
    setnames(g, c("row", "col", "n"))
    g <- g[CJ(row = unique(row), col = unique(col)), on = c("row", "col")][is.na(n), n := 0L]
    g[, `:=`(total = sum(n), tab = tab), by = col][, of_row := sum(n), by = row]
    g[, expected := as.numeric(total) * of_row / sum(n)]
  }
  g <- rbind(one(1, people, "ethnicity", "area"), one(2, people, "gender", "area"),
             one(3, people, "band", "area"), one(4, services, "improving", "area"),
             one(5, services, "improving", "band"), one(6, services, "improving", "ethnicity"))
  p <- g$n / g$total; n <- g$total
  centre <- (p + z^2 / 2 / n) / (1 + z^2 / n)
  half <- z * sqrt(p * (1 - p) / n + z^2 / 4 / n^2) / (1 + z^2 / n)
  write(g[, .(tab, row, col, n, total, pct = 100 * p, lo = 100 * pmax(0, centre - half),
              hi = 100 * pmin(1, centre + half))], "crosstabs")
  write(g[, .(chi2 = sum((n - expected)^2 / expected),
              df = (uniqueN(row) - 1) * (uniqueN(col) - 1)), by = tab], "tests")
}

change <- function() {
  d <- read("assessments", select = c("client_id", "assessment_date", "type", "believes_can_work",
                                      "when_start", "health_confidence"))
  setnames(d, c("client_id", "date", "type", "believe", "when", "health"))
  d <- d[!is.na(date) & !is.na(type)][order(date)][, health := as.integer(health)]
  first <- d[type == "initial", .SD[1], by = client_id]
  last <- d[type == "review", .SD[.N], by = client_id]
  pairs <- first[last, on = "client_id", nomatch = NULL]
  pairs[clients("local_authority"), area := i.local_authority, on = "client_id"]
  total <- function(d) rbind(d[!is.na(area)], copy(d[!is.na(area)])[, area := "Total"])
  b <- total(pairs[!is.na(believe) & !is.na(i.believe)])[, .(
    n = .N, init_yes = sum(believe == "yes"), rev_yes = sum(i.believe == "yes"),
    b = sum(believe == "no" & i.believe == "yes"), c = sum(believe == "yes" & i.believe == "no")), by = area]
  b[, half := z * sqrt(b + c - (b - c)^2 / n) / n][, diff := (b - c) / n]
  write(b[, .(area, n, init_yes, rev_yes, diff = 100 * diff, lo = 100 * (diff - half),
              hi = 100 * (diff + half))], "paired")
  spread <- function(v) merge(
    pairs[!is.na(get(v)), .(n_init = .N), by = .(value = as.character(get(v)))],
    pairs[!is.na(get(paste0("i.", v))), .(n_rev = .N), by = .(value = as.character(get(paste0("i.", v))))],
    all = TRUE)[, var := v]
  s <- rbind(spread("health"), spread("when")); setnafill(s, fill = 0, cols = c("n_init", "n_rev"))
  write(s[, .(var, value, n_init, n_rev)], "dist")
  h <- total(pairs[!is.na(health) & !is.na(i.health)])[, .(
    n = .N, mean_diff = mean(i.health - health), half = z * sd(i.health - health) / sqrt(.N)), by = area]
  write(h[, .(area, n, mean_diff, lo = mean_diff - half, hi = mean_diff + half)], "health")
}

wellbeing <- function() {
  d <- read("wellbeing")[!is.na(date) & !is.na(scale)]
  d[, (items) := lapply(.SD, as.integer), .SDcols = items]
  for (s in list(list("WSAS", 5), list("SWEMWBS", 7), list("GSE", 10)))
    d[scale == s[[1]], score := Reduce(`+`, .SD), .SDcols = items[seq_len(s[[2]])]]
  last <- d[!is.na(score)][order(date)][, .(score = score[.N]), by = .(client_id, scale)]
  last[clients("enrolment_date"), enrolled := as.IDate(i.enrolment_date), on = "client_id"]
  g <- last[!is.na(enrolled), .(n = .N, mean = mean(score), sd = sd(score)),
            by = .(scale, quarter = paste0(year(enrolled), "Q", quarter(enrolled)))]
  write(g[, .(scale, quarter, n, mean, sd, lo = mean - z * sd / sqrt(n), hi = mean + z * sd / sqrt(n))],
        "wellbeing")
}

switch(work, w1 = clean(), w2 = crosstabs(), w3 = change(), w4 = wellbeing())
