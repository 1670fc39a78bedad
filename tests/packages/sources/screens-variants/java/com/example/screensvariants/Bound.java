package com.example.screensvariants;

import android.app.Activity;
import android.os.Bundle;

public class Bound extends Activity {
    private AskBinding binding;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        binding = AskBinding.inflate(getLayoutInflater());
        setContentView(binding.root);
        binding.agree.setOnClickListener(view -> view.setEnabled(false));
        binding.refuse.setOnClickListener(view -> finishAffinity());
    }
}
