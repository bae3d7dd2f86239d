/** Replaced by 1700000000003. */
export const EMPLOYEE_TERMS = `
  -- Under what an employee is found: words of the name and of the e-mail's local part, the whole address, each skill; and the sort key of lists.
  create function platform.employee_terms(first_name text, last_name text, email text, skills text[])
  returns table (kind text, term text) language sql immutable parallel safe as $$
    select 'employee.name', unnest(platform.words(concat_ws(' ', first_name, last_name, split_part(email, '@', 1))))
    union all select 'employee.email', lower(email) where email is not null
    union all select distinct 'employee.skill', platform.fold(skill) from unnest(skills) skill
    union all select 'employee.sort', left(platform.fold(concat_ws(' ', last_name, first_name)), 200)
  $$;
`;

/**
 * Functions that queries and triggers share. They live in `platform`, which is in the search path of both worlds
 * (live and scenario); `live` is not.
 */
export const FUNCTIONS = `
  -- Folds case and accents, also of the letters that Unicode does not decompose: 'Łukasz Öström' -> 'lukasz ostrom'.
  create function platform.fold(value text) returns text language sql immutable strict parallel safe as $$
    select lower(translate(
      replace(replace(replace(replace(replace(regexp_replace(normalize(value, NFKD), '[\\u0300-\\u036F]', '', 'g'),
        'ß', 'ss'), 'Æ', 'ae'), 'æ', 'ae'), 'Œ', 'oe'), 'œ', 'oe'),
      'ŁłØøĐđıĦħ', 'llooddihh'))
  $$;

  -- The words of a name or a query. Separators are listed, because [:alnum:] knows only ASCII on a server with locale C.
  create function platform.words(value text) returns text[] language sql immutable parallel safe as $$
    select coalesce(array_agg(distinct left(word, 100)), '{}')
    from regexp_split_to_table(translate(platform.fold(value), '''’\`', ''),
      '[\\u0001-\\u002F\\u003A-\\u0040\\u005B-\\u0060\\u007B-\\u00BF\\u2000-\\u206F\\u3000-\\u303F]+') word
    where word <> ''
  $$;

${EMPLOYEE_TERMS}
  -- Money for output: half-even to two places (round() is half away from zero), as text.
  create function platform.money_text(amount numeric) returns text language sql immutable strict parallel safe as $$
    select (case when abs(amount) * 100 % 1 = 0.5 and trunc(abs(amount) * 100) % 2 = 0 then trunc(amount, 2) else round(amount, 2) end)::text
  $$;

  create function live.count_version() returns trigger language plpgsql as $$
  begin
    new.version := old.version + 1;
    new.updated_at := clock_timestamp();
    return new;
  end $$;
`;
