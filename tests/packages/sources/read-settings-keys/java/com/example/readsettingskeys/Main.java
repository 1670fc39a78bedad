package com.example.readsettingskeys;

import android.app.Activity;

public class Main extends Activity { }
