#:project ../src/Kiwire.Radius/Kiwire.Radius.csproj
#:property PublishAot=false

// Writes the typed keys of src/Kiwire.Radius/Attributes/Generated from the dictionaries beside this file:
//   dotnet run dictionaries/Generate.cs               writes them
//   dotnet run dictionaries/Generate.cs -- --check    writes nothing; exits with 1 where they differ from what would be written
using Kiwire.Radius.Dictionaries;

bool check = args is ["--check"];
if (args.Length > (check ? 1 : 0))
{
    Console.Error.WriteLine($"Unknown argument {args[^1]}; there is --check.");
    return 2;
}

string dictionaries = (string?)AppContext.GetData("EntryPointFileDirectoryPath")
    ?? throw new InvalidOperationException("Run this file with dotnet run.");
string generated = Path.GetFullPath("../src/Kiwire.Radius/Attributes/Generated", dictionaries);
Dictionary<string, string> sources = [];
try
{
    RadiusDictionary dictionary = RadiusDictionary.Load(new DictionaryFolder(dictionaries), "dictionary", DictionaryRules.Strict);
    foreach (string file in dictionary.Attributes.Select(attribute => attribute.Location.File).Distinct())
    {
        string title = File.ReadLines(file).First().TrimStart('#').Trim();
        sources.Add(KeySource.ClassName(file) + ".cs", KeySource.Write(dictionary, file, title));
    }
}
catch (DictionaryException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

Directory.CreateDirectory(generated);
string[] stale = [.. Directory.GetFiles(generated, "*.cs").Select(path => Path.GetFileName(path)!).Where(name => !sources.ContainsKey(name))];
string[] differing = [.. sources.Where(source => !IsWritten(source.Key, source.Value)).Select(source => source.Key)];
if (check)
{
    foreach (string name in differing.Concat(stale).Order(StringComparer.Ordinal))
    {
        Console.Error.WriteLine($"{name} is not what the dictionaries say.");
    }

    return differing.Length + stale.Length == 0 ? 0 : 1;
}

foreach (string name in differing)
{
    File.WriteAllText(Path.Combine(generated, name), sources[name]);
}

foreach (string name in stale)
{
    File.Delete(Path.Combine(generated, name));
}

Console.WriteLine($"{sources.Count} files: {differing.Length} written, {stale.Length} deleted.");
return 0;

bool IsWritten(string name, string source)
{
    string path = Path.Combine(generated, name);
    return File.Exists(path) && File.ReadAllText(path) == source;
}
