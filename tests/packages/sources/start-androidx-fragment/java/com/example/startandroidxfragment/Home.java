package com.example.startandroidxfragment;

import android.content.Context;
import android.provider.Settings;
import android.telephony.TelephonyManager;
import android.util.Log;
import androidx.fragment.app.Fragment;

public class Home extends Fragment {
    @Override
    public void onAttach(Context context) {
        Log.i("home", ((TelephonyManager) context.getSystemService("phone")).getDeviceId());
    }

    @Override
    public void onResume() {
        Log.i("home", Settings.Secure.getString(requireActivity().getContentResolver(), "android_id"));
    }
}
