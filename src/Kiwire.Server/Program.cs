Console.WriteLine("Kiwire");
