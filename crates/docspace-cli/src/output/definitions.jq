def docspace_replace($old; $new): split($old) | join($new);
def @tsv: map(
  if . == null then ""
  elif type == "string" then
    docspace_replace("\\"; "\\\\") | docspace_replace("\t"; "\\t") | docspace_replace("\n"; "\\n") | docspace_replace("\r"; "\\r")
  elif type == "array" or type == "object" then error("only texts, numbers and booleans can be in a row of @tsv")
  else tostring end
) | join("\t");
def @csv: map(
  if . == null then ""
  elif type == "string" then "\"" + docspace_replace("\""; "\"\"") + "\""
  elif type == "array" or type == "object" then error("only texts, numbers and booleans can be in a row of @csv")
  else tostring end
) | join(",");
def INDEX(stream; f): reduce stream as $row ({}; .[$row | f | tostring] = $row);
def INDEX(f): INDEX(.[]; f);
def IN(stream): any(stream == .; .);
def IN(source; stream): any(source == stream; .);
def todate: floor | todateiso8601;
